/**
 * Stored programs. A program is named by its digest and never changes; storing it again is no change.
 * An address means the program stored last under it.
 */
import { createHash } from 'node:crypto';
import assert from 'node:assert';
import type { Database } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';
import type { Program } from '../generated/prisma/client.js';
import type { After } from '../page.js';

export interface NewProgram {
  digest: string;
  address: string;
  scenario: string;
  variant: string;
  caseName: string;
  title: string;
  format: number;
  semantics: number;
  /** The canonical bytes as text; the digest is their SHA-256. */
  bytes: string;
}

export interface StoredProgram extends NewProgram {
  id: number;
  createdAt: Date;
}

const plain = (row: Program): StoredProgram => ({ ...row, id: safeNumber(row.id) });

/** Stores the program unless it stands already; `created` tells which. */
export async function storeProgram(
  db: Database,
  program: NewProgram,
): Promise<{ created: boolean; program: StoredProgram }> {
  const digest = createHash('sha256').update(program.bytes, 'utf8').digest('hex');
  assert(digest === program.digest, 'a program is named by the digest of its bytes');
  const { count } = await db.prisma.program.createMany({ data: [program], skipDuplicates: true });
  const stored = await db.prisma.program.findUniqueOrThrow({ where: { digest } });
  return { created: count === 1, program: plain(stored) };
}

export async function findProgram(db: Database, digest: string): Promise<StoredProgram | null> {
  const row = await db.prisma.program.findUnique({ where: { digest } });
  return row && plain(row);
}

/** The program stored last under this address. */
export async function findProgramAt(db: Database, address: string): Promise<StoredProgram | null> {
  const row = await db.prisma.program.findFirst({ where: { address }, orderBy: { id: 'desc' } });
  return row && plain(row);
}

export interface ProgramFilter {
  scenario?: string | undefined;
  variant?: string | undefined;
}

/** Newest first; `after` is the id of the last program seen. */
export async function listPrograms(
  db: Database,
  page: After,
  filter: ProgramFilter = {},
): Promise<StoredProgram[]> {
  const rows = await db.prisma.program.findMany({
    where: {
      ...(page.after === undefined ? {} : { id: { lt: page.after } }),
      ...(filter.scenario === undefined ? {} : { scenario: filter.scenario }),
      ...(filter.variant === undefined ? {} : { variant: filter.variant }),
    },
    orderBy: { id: 'desc' },
    take: page.limit,
  });
  return rows.map(plain);
}

export async function countPrograms(db: Database): Promise<number> {
  return db.prisma.program.count();
}
