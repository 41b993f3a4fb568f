/** Incidents, newest first. */
import type { IncidentKind, IncidentState } from '@lastref/contracts';
import type { Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';
import type { Incident } from '../generated/prisma/client.js';
import type { After } from '../page.js';

export interface StoredIncident {
  id: number;
  kind: IncidentKind;
  state: IncidentState;
  subject: string;
  detail: string;
  campaign: number | null;
  shard: number | null;
  epoch: number | null;
  worker: string | null;
  counted: string | null;
  differing: string | null;
  createdAt: Date;
  closedAt: Date | null;
  closeReason: string | null;
}

export interface IncidentFilter {
  state?: IncidentState | undefined;
  campaign?: number | undefined;
}

const numberOrNull = (id: bigint | null): number | null => (id === null ? null : safeNumber(id));

const plain = ({
  id,
  kind,
  state,
  campaignId,
  shardId,
  workerId,
  ...rest
}: Incident): StoredIncident => ({
  ...rest,
  id: safeNumber(id),
  // Written by openIncident and closeIncident, which take nothing else.
  kind: kind as IncidentKind,
  state: state as IncidentState,
  campaign: numberOrNull(campaignId),
  shard: numberOrNull(shardId),
  worker: workerId,
});

export async function listIncidents(
  { prisma }: Store,
  page: After,
  { state, campaign }: IncidentFilter = {},
): Promise<StoredIncident[]> {
  const rows = await prisma.incident.findMany({
    where: {
      ...(page.after === undefined ? {} : { id: { lt: page.after } }),
      ...(state === undefined ? {} : { state }),
      ...(campaign === undefined ? {} : { campaignId: campaign }),
    },
    orderBy: { id: 'desc' },
    take: page.limit,
  });
  return rows.map(plain);
}

export async function findIncident({ prisma }: Store, id: number): Promise<StoredIncident | null> {
  const row = await prisma.incident.findUnique({ where: { id } });
  return row === null ? null : plain(row);
}
