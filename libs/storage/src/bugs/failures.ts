/**
 * Kept failures of one bug, lowest seeds first. The keyset is (seed, group): a seed may fail the same
 * way in two programs or under two strategies. The bound on the seed alone is what lets the index begin where the page does.
 */
import type { Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';
import type { Prisma } from '../generated/prisma/client.js';

export interface StoredFailure {
  group: number;
  seed: number;
  bug: number;
  program: string;
  address: string;
  strategy: string;
  signature: string;
  schedule: string;
  traceDigest: string;
}

export interface FailurePage {
  limit: number;
  after?: { seed: number; group: number } | undefined;
}

const PARTS = {
  program: { select: { digest: true, address: true } },
  group: { select: { strategy: true, signature: { select: { text: true } } } },
} as const satisfies Prisma.FailureInclude;

type Row = Prisma.FailureGetPayload<{ include: typeof PARTS }>;

function plain({
  groupId,
  seed,
  bugId,
  program,
  group,
  schedule,
  traceDigest,
}: Row): StoredFailure {
  return {
    group: safeNumber(groupId),
    seed: safeNumber(seed),
    bug: safeNumber(bugId),
    program: program.digest,
    address: program.address,
    strategy: group.strategy,
    signature: group.signature.text,
    schedule,
    traceDigest,
  };
}

const behind = ({ seed, group }: { seed: number; group: number }): Prisma.FailureWhereInput => ({
  seed: { gte: seed },
  OR: [{ seed: { gt: seed } }, { groupId: { gt: group } }],
});

export async function listFailures(
  { prisma }: Store,
  bug: number,
  { limit, after }: FailurePage,
): Promise<StoredFailure[]> {
  const rows = await prisma.failure.findMany({
    where: { bugId: bug, ...(after === undefined ? {} : behind(after)) },
    include: PARTS,
    orderBy: [{ seed: 'asc' }, { groupId: 'asc' }],
    take: limit,
  });
  return rows.map(plain);
}
