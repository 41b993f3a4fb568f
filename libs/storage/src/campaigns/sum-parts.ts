/** The counters of some campaigns, each the sum over its parts: one row per program comes back, however many rounds there were. */
import type { Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';

export interface PartSums {
  programs: number;
  executed: number;
  outside: number;
  cut: number;
  steps: number;
  failing: number;
  shardsCarved: number;
  shardsDone: number;
  shardsQuarantined: number;
}

const NOTHING: PartSums = {
  programs: 0,
  executed: 0,
  outside: 0,
  cut: 0,
  steps: 0,
  failing: 0,
  shardsCarved: 0,
  shardsDone: 0,
  shardsQuarantined: 0,
};

const SUMMED = {
  schedules: true,
  outside: true,
  cut: true,
  steps: true,
  failing: true,
  shardsCarved: true,
  shardsDone: true,
  shardsQuarantined: true,
} as const;

type Sums = Record<keyof typeof SUMMED, bigint | number | null>;

function add(to: PartSums, sums: Sums): PartSums {
  const plus = (before: number, sum: bigint | number | null): number =>
    safeNumber(before + safeNumber(sum ?? 0));
  return {
    programs: to.programs + 1,
    executed: plus(to.executed, sums.schedules),
    outside: plus(to.outside, sums.outside),
    cut: plus(to.cut, sums.cut),
    steps: plus(to.steps, sums.steps),
    failing: plus(to.failing, sums.failing),
    shardsCarved: plus(to.shardsCarved, sums.shardsCarved),
    shardsDone: plus(to.shardsDone, sums.shardsDone),
    shardsQuarantined: plus(to.shardsQuarantined, sums.shardsQuarantined),
  };
}

export async function sumParts(
  { prisma }: Store,
  campaigns: readonly bigint[],
): Promise<(campaign: bigint) => PartSums> {
  const rows = await prisma.campaignPart.groupBy({
    by: ['campaignId', 'programId'],
    where: { campaignId: { in: [...campaigns] } },
    _sum: SUMMED,
  });
  const sums = new Map<bigint, PartSums>();
  for (const { campaignId, _sum } of rows)
    sums.set(campaignId, add(sums.get(campaignId) ?? NOTHING, _sum));
  return (campaign) => sums.get(campaign) ?? NOTHING;
}
