/** Reproductions by id, as lists (newest first), and how one is read wherever it is shown. */
import type { Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';
import type { Prisma } from '../generated/prisma/client.js';
import type { After } from '../page.js';

export interface StoredReproduction {
  id: number;
  bug: number;
  program: string;
  address: string;
  signature: string;
  grade: string;
  events: number;
  preemptions: number;
  switches: number;
  steps: number;
  schedule: string;
  traceDigest: string;
  /** JSON text: what was expanded at each cheaper cost. */
  certificate: string;
  createdAt: Date;
}

export const REPRODUCTION_PARTS = {
  program: { select: { digest: true, address: true } },
  bug: { select: { signature: { select: { text: true } } } },
} as const satisfies Prisma.ReproductionInclude;

/** The cheapest first; of equals the oldest. */
export const CHEAPEST_FIRST = [
  { events: 'asc' },
  { preemptions: 'asc' },
  { switches: 'asc' },
  { steps: 'asc' },
  { id: 'asc' },
] as const satisfies Prisma.ReproductionOrderByWithRelationInput[];

type Row = Prisma.ReproductionGetPayload<{ include: typeof REPRODUCTION_PARTS }>;

export function plainReproduction(row: Row): StoredReproduction {
  const { grade, events, preemptions, switches, steps, schedule, traceDigest } = row;
  return {
    id: safeNumber(row.id),
    bug: safeNumber(row.bugId),
    program: row.program.digest,
    address: row.program.address,
    signature: row.bug.signature.text,
    grade,
    events,
    preemptions,
    switches,
    steps,
    schedule,
    traceDigest,
    certificate: row.certificate,
    createdAt: row.createdAt,
  };
}

export async function findReproduction(
  { prisma }: Store,
  id: number,
): Promise<StoredReproduction | null> {
  const where = { id };
  const row = await prisma.reproduction.findUnique({ where, include: REPRODUCTION_PARTS });
  return row && plainReproduction(row);
}

export async function listReproductions(
  { prisma }: Store,
  page: After,
  bug?: number,
): Promise<StoredReproduction[]> {
  const rows = await prisma.reproduction.findMany({
    where: {
      ...(page.after === undefined ? {} : { id: { lt: page.after } }),
      ...(bug === undefined ? {} : { bugId: bug }),
    },
    include: REPRODUCTION_PARTS,
    orderBy: { id: 'desc' },
    take: page.limit,
  });
  return rows.map(plainReproduction);
}
