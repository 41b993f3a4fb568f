/** Due times and what came of them, newest first, each with the counters of its campaign. */
import type { Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';
import { sumParts } from '../campaigns/sum-parts.js';
import type { CanaryState, Prisma, TickState } from '../generated/prisma/client.js';
import type { StoredCampaignState } from '../campaigns/campaigns.js';
import type { After } from '../page.js';

export interface StoredTick {
  id: number;
  nightly: number;
  dueAt: Date;
  state: TickState;
  message: string | null;
  campaign: { id: number; state: StoredCampaignState; executed: number; failing: number } | null;
  startedAt: Date | null;
  deadlineAt: Date | null;
  late: boolean;
  canary: CanaryState | null;
  canaryCampaign: number | null;
  canaryLate: boolean;
  bugs: { new: number; gone: number; regressed: number } | null;
}

const PARTS = {
  campaign: { select: { id: true, state: true } },
} as const satisfies Prisma.TickInclude;
type Row = Prisma.TickGetPayload<{ include: typeof PARTS }>;

async function withCampaigns({ prisma }: Store, rows: readonly Row[]): Promise<StoredTick[]> {
  const sums = await sumParts(
    { prisma },
    rows.flatMap(({ campaignId }) => campaignId ?? []),
  );
  return rows.map((row) => {
    const { dueAt, state, message, startedAt, deadlineAt, late, canary, canaryLate } = row;
    const { bugsNew, bugsGone, bugsRegressed } = row;
    return {
      id: safeNumber(row.id),
      nightly: safeNumber(row.nightlyId),
      dueAt,
      state,
      message,
      campaign: campaignOf(row, sums),
      startedAt,
      deadlineAt,
      late,
      canary,
      canaryCampaign: row.canaryCampaignId === null ? null : safeNumber(row.canaryCampaignId),
      canaryLate,
      bugs:
        bugsNew === null || bugsGone === null || bugsRegressed === null
          ? null
          : { new: bugsNew, gone: bugsGone, regressed: bugsRegressed },
    };
  });
}

function campaignOf(
  { campaign }: Row,
  sums: Awaited<ReturnType<typeof sumParts>>,
): StoredTick['campaign'] {
  if (campaign === null) return null;
  const { executed, failing } = sums(campaign.id);
  return { id: safeNumber(campaign.id), state: campaign.state, executed, failing };
}

export async function listTicks(
  { prisma }: Store,
  nightly: number,
  page: After,
): Promise<StoredTick[]> {
  const rows = await prisma.tick.findMany({
    where: {
      nightlyId: nightly,
      ...(page.after === undefined ? {} : { id: { lt: page.after } }),
    },
    include: PARTS,
    orderBy: { id: 'desc' },
    take: page.limit,
  });
  return withCampaigns({ prisma }, rows);
}

/** The newest due time of each of these nightlies. */
export async function lastTicks(
  { prisma }: Store,
  nightlies: readonly number[],
): Promise<Map<number, StoredTick>> {
  const rows = await prisma.nightly.findMany({
    where: { id: { in: [...nightlies] } },
    select: { ticks: { include: PARTS, orderBy: { id: 'desc' }, take: 1 } },
  });
  const ticks = await withCampaigns(
    { prisma },
    rows.flatMap((row) => row.ticks),
  );
  return new Map(ticks.map((tick) => [tick.nightly, tick]));
}

/** One due time that started a campaign; by its id, or by its campaign, or the last that has ended. */
export async function findNight(
  { prisma }: Store,
  nightly: number,
  which: { tick: number } | { campaign: number } | 'last-ended',
): Promise<StoredTick | null> {
  const row = await prisma.tick.findFirst({
    where: { nightlyId: nightly, state: 'started', ...conditionOf(which) },
    include: PARTS,
    orderBy: { id: 'desc' },
  });
  const [tick] = await withCampaigns({ prisma }, row === null ? [] : [row]);
  return tick ?? null;
}

function conditionOf(
  which: { tick: number } | { campaign: number } | 'last-ended',
): Prisma.TickWhereInput {
  if (which === 'last-ended') return { campaign: { state: { not: 'running' } } };
  return 'tick' in which ? { id: which.tick } : { campaignId: which.campaign };
}
