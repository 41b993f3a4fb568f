/**
 * Campaigns as they are shown: one row each, with the sums over their parts. The sums are counters
 * kept by completions; nothing here counts rows of failures or shards. A campaign is read before its parts, so one that
 * has ended is shown with everything it counted.
 */
import type { CampaignStop } from '@lastref/contracts';
import type { Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';
import type { Campaign } from '../generated/prisma/client.js';
import type { After } from '../page.js';
import { type PartSums, sumParts } from './sum-parts.js';

export const CAMPAIGN_STATES = ['running', 'done', 'incomplete', 'cancelled'] as const;
export type StoredCampaignState = (typeof CAMPAIGN_STATES)[number];

export interface StoredCampaign {
  id: number;
  title: string;
  state: StoredCampaignState;
  strategy: string;
  stop: CampaignStop;
  /** Asked for, all programs together; the most, where a rule may stop it before. */
  schedules: number;
  /** Counted so far. */
  executed: number;
  outside: number;
  cut: number;
  steps: number;
  /** Failing schedules; reports are not in it. */
  failing: number;
  shardsCarved: number;
  shardsDone: number;
  shardsQuarantined: number;
  ledgerDigest: string | null;
  /** What stopped it before its end, if something did. */
  reason: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

function plain(row: Campaign, { programs, ...sums }: PartSums): StoredCampaign {
  const { title, state, strategy, ledgerDigest, reason, createdAt, finishedAt } = row;
  return {
    id: safeNumber(row.id),
    title,
    state,
    strategy,
    // Written by createCampaign, which takes nothing else.
    stop: row.stop as CampaignStop,
    schedules: safeNumber(row.schedules * BigInt(programs)),
    ...sums,
    ledgerDigest,
    reason,
    createdAt,
    finishedAt,
  };
}

async function withSums({ prisma }: Store, rows: readonly Campaign[]): Promise<StoredCampaign[]> {
  const sums = await sumParts(
    { prisma },
    rows.map((row) => row.id),
  );
  return rows.map((row) => plain(row, sums(row.id)));
}

/** Newest first. */
export async function listCampaigns(
  { prisma }: Store,
  page: After,
  state?: StoredCampaignState,
): Promise<StoredCampaign[]> {
  const rows = await prisma.campaign.findMany({
    where: {
      ...(page.after === undefined ? {} : { id: { lt: page.after } }),
      ...(state === undefined ? {} : { state }),
    },
    orderBy: { id: 'desc' },
    take: page.limit,
  });
  return withSums({ prisma }, rows);
}

export async function findCampaign({ prisma }: Store, id: number): Promise<StoredCampaign | null> {
  const row = await prisma.campaign.findUnique({ where: { id } });
  const [campaign] = await withSums({ prisma }, row === null ? [] : [row]);
  return campaign ?? null;
}

export function countRunningCampaigns({ prisma }: Store): Promise<number> {
  return prisma.campaign.count({ where: { state: 'running' } });
}
