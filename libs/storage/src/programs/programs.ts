/**
 * Stored programs. A program is named by its digest and never changes; storing it again is no change.
 * An address means the program stored last under it.
 */
import { createHash } from 'node:crypto';
import assert from 'node:assert';
import type { Database, Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';
import type { Program } from '../generated/prisma/client.js';
import type { After } from '../page.js';
import { STORE_PROGRAM_LOCK, waitForLock } from '../shards/advisory-locks.js';

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

export type StoreProgramResult =
  { kind: 'created' | 'repeated'; program: StoredProgram } | { kind: 'too-many' };

const plain = (row: Program): StoredProgram => ({ ...row, id: safeNumber(row.id) });

/**
 * Stores the program unless it stands already, or `most` others do. Programs are stored one after another, so that there are
 * never more of them than may be.
 */
export async function storeProgram(
  db: Database,
  program: NewProgram,
  most = Infinity,
): Promise<StoreProgramResult> {
  const digest = createHash('sha256').update(program.bytes, 'utf8').digest('hex');
  assert(digest === program.digest, 'a program is named by the digest of its bytes');
  const known = await findProgram(db, digest);
  if (known !== null) return { kind: 'repeated', program: known };
  return db.prismaTransaction(async (tx): Promise<StoreProgramResult> => {
    await waitForLock(tx, STORE_PROGRAM_LOCK);
    const stands = await findProgram(tx, digest);
    if (stands !== null) return { kind: 'repeated', program: stands };
    if ((await tx.prisma.program.count()) >= most) return { kind: 'too-many' };
    return { kind: 'created', program: plain(await tx.prisma.program.create({ data: program })) };
  });
}

export async function findProgram(
  { prisma }: Store,
  digest: string,
): Promise<StoredProgram | null> {
  const row = await prisma.program.findUnique({ where: { digest } });
  return row && plain(row);
}

/** The program stored last under this address. */
export async function findProgramAt(
  { prisma }: Store,
  address: string,
): Promise<StoredProgram | null> {
  const row = await prisma.program.findFirst({ where: { address }, orderBy: { id: 'desc' } });
  return row && plain(row);
}

export interface ProgramFilter {
  scenario?: string | undefined;
  variant?: string | undefined;
}

/** Newest first; `after` is the id of the last program seen. */
export async function listPrograms(
  { prisma }: Store,
  page: After,
  filter: ProgramFilter = {},
): Promise<StoredProgram[]> {
  const rows = await prisma.program.findMany({
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
