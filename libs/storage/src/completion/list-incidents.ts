/** Incidents, newest first. */
import type { Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';
import type { After } from '../page.js';

export interface StoredIncident {
  id: number;
  shard: number;
  epoch: number;
  worker: string;
  counted: string;
  differing: string;
  detail: string;
  createdAt: Date;
}

export async function listIncidents({ prisma }: Store, page: After): Promise<StoredIncident[]> {
  const rows = await prisma.incident.findMany({
    where: page.after === undefined ? {} : { id: { lt: page.after } },
    orderBy: { id: 'desc' },
    take: page.limit,
  });
  return rows.map(({ id, shardId, workerId, ...rest }) => ({
    ...rest,
    id: safeNumber(id),
    shard: safeNumber(shardId),
    worker: workerId,
  }));
}
