/** Nightlies as they stand: found by id or name, listed newest first. One that was removed is found by its id only. */
import type { NightlyStop, Overlap } from '@lastref/contracts';
import type { Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';
import type { Nightly } from '../generated/prisma/client.js';
import type { After } from '../page.js';

/** What a person sets. */
export interface NightlySettings {
  name: string;
  cron: string;
  zone: string;
  /** Scenarios, variants and addresses. */
  programs: string[];
  strategy: string;
  stop: NightlyStop;
  schedules: number;
  shardSize: number | null;
  overlap: Overlap;
  catchUpMinutes: number;
  deadlineMinutes: number | null;
  canaryMinutes: number;
}

export interface StoredNightly extends NightlySettings {
  id: number;
  paused: boolean;
  nextDueAt: Date;
  createdAt: Date;
  removedAt: Date | null;
}

export function plainNightly(row: Nightly): StoredNightly {
  return {
    ...row,
    id: safeNumber(row.id),
    schedules: safeNumber(row.schedules),
    shardSize: row.shardSize === null ? null : safeNumber(row.shardSize),
    // Written by createNightly and editNightly, which take nothing else.
    stop: row.stop as NightlyStop,
  };
}

export async function findNightly({ prisma }: Store, id: number): Promise<StoredNightly | null> {
  const row = await prisma.nightly.findUnique({ where: { id } });
  return row && plainNightly(row);
}

export async function listNightlies(
  { prisma }: Store,
  page: After,
  name?: string,
): Promise<StoredNightly[]> {
  const rows = await prisma.nightly.findMany({
    where: {
      removedAt: null,
      ...(page.after === undefined ? {} : { id: { lt: page.after } }),
      ...(name === undefined ? {} : { name }),
    },
    orderBy: { id: 'desc' },
    take: page.limit,
  });
  return rows.map(plainNightly);
}
