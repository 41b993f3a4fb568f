/** Bugs with their cheapest reproduction, newest first. Counts are counters kept by completions. */
import type { Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';
import type { Prisma } from '../generated/prisma/client.js';
import type { After } from '../page.js';
import {
  CHEAPEST_FIRST,
  plainReproduction,
  REPRODUCTION_PARTS,
  type StoredReproduction,
} from './reproductions.js';

export interface StoredBug {
  id: number;
  scenario: string;
  variant: string;
  signature: string;
  kind: string;
  report: boolean;
  count: number;
  state: 'open' | 'gone';
  firstSeenAt: Date;
  lastSeenAt: Date;
  reproduction: StoredReproduction | null;
}

export interface BugFilter {
  scenario?: string | undefined;
  variant?: string | undefined;
}

/** A bug has one reproduction per program it was met on, so the one that is taken comes of a few. */
const PARTS = {
  signature: true,
  reproductions: { include: REPRODUCTION_PARTS, orderBy: [...CHEAPEST_FIRST], take: 1 },
} as const satisfies Prisma.BugInclude;

type Row = Prisma.BugGetPayload<{ include: typeof PARTS }>;

function plain(row: Row): StoredBug {
  const { scenario, variant, signature, state, firstSeenAt, lastSeenAt } = row;
  const [best] = row.reproductions;
  return {
    id: safeNumber(row.id),
    scenario,
    variant,
    signature: signature.text,
    kind: signature.kind,
    report: signature.report,
    count: safeNumber(row.count),
    state,
    firstSeenAt,
    lastSeenAt,
    reproduction: best === undefined ? null : plainReproduction(best),
  };
}

export async function listBugs(
  { prisma }: Store,
  page: After,
  filter: BugFilter = {},
): Promise<StoredBug[]> {
  const rows = await prisma.bug.findMany({
    where: {
      ...(page.after === undefined ? {} : { id: { lt: page.after } }),
      ...(filter.scenario === undefined ? {} : { scenario: filter.scenario }),
      ...(filter.variant === undefined ? {} : { variant: filter.variant }),
    },
    include: PARTS,
    orderBy: { id: 'desc' },
    take: page.limit,
  });
  return rows.map(plain);
}

export async function findBug({ prisma }: Store, id: number): Promise<StoredBug | null> {
  const row = await prisma.bug.findUnique({ where: { id }, include: PARTS });
  return row && plain(row);
}
