/**
 * Stored programs. A program is named by its digest and never changes. An address means the program pushed last under it,
 * whether that was stored before or not: every push that changes what the address means makes the next version of it. The address
 * of a built-in means its newest built-in, whatever else is pushed there.
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
  /** Of its address; null if only its digest names it. */
  version: number | null;
  builtIn: boolean;
}

/** What a program is to its address: one that Lastref ships under it, one that is pushed there, or one that may not name it. */
export type AddressClaim = 'built-in' | 'pushed' | 'unnamed';

export type StoreProgramResult =
  { kind: 'created' | 'repeated'; program: StoredProgram } | { kind: 'too-many' };

const DIGEST_LENGTH = 64;

const plain = (row: Program): StoredProgram => ({ ...row, id: safeNumber(row.id) });

/**
 * Stores the program unless it stands already, or `most` others do, and makes it the current one of its address if it may be.
 * Programs are stored one after another, so that there are never more of them than may be, and versions follow each other.
 */
export async function storeProgram(
  db: Database,
  program: NewProgram,
  { most = Infinity, claim = 'pushed' }: { most?: number; claim?: AddressClaim } = {},
): Promise<StoreProgramResult> {
  const digest = createHash('sha256').update(program.bytes, 'utf8').digest('hex');
  assert(digest === program.digest, 'a program is named by the digest of its bytes');
  const known = await findProgram(db, digest);
  if (known !== null && (await stays(db, known, claim)))
    return { kind: 'repeated', program: known };
  return db.prismaTransaction(async (tx): Promise<StoreProgramResult> => {
    await waitForLock(tx, STORE_PROGRAM_LOCK);
    const stands = await findProgram(tx, digest);
    if (stands === null && (await tx.prisma.program.count()) >= most) return { kind: 'too-many' };
    if (stands !== null && (await stays(tx, stands, claim))) {
      return { kind: 'repeated', program: stands };
    }
    const place = {
      version: claim === 'unnamed' ? null : await nextVersion(tx, program.address),
      builtIn: claim === 'built-in',
    };
    const row =
      stands === null
        ? await tx.prisma.program.create({ data: { ...program, ...place } })
        : await tx.prisma.program.update({ where: { digest }, data: place });
    return { kind: stands === null ? 'created' : 'repeated', program: plain(row) };
  });
}

/** Whether this push changes nothing: the program is the current one already, or may not become it. */
async function stays(store: Store, program: StoredProgram, claim: AddressClaim): Promise<boolean> {
  if (claim === 'unnamed') return true;
  const current = await findProgramAt(store, program.address);
  return current?.id === program.id && (claim === 'pushed' || program.builtIn);
}

async function nextVersion({ prisma }: Store, address: string): Promise<number> {
  const { _max } = await prisma.program.aggregate({ where: { address }, _max: { version: true } });
  return (_max.version ?? 0) + 1;
}

export async function findProgram(
  { prisma }: Store,
  digest: string,
): Promise<StoredProgram | null> {
  const row = await prisma.program.findUnique({ where: { digest } });
  return row && plain(row);
}

/** The program whose digest begins so; null if there is none, or another as well. */
export async function findProgramNamed(
  { prisma }: Store,
  beginning: string,
): Promise<StoredProgram | null> {
  const [least, most] = ['0', 'f'].map((digit) => beginning.padEnd(DIGEST_LENGTH, digit));
  const where = { digest: { gte: least ?? '', lte: most ?? '' } };
  const [row, another] = await prisma.program.findMany({ where, take: 2 });
  return row === undefined || another !== undefined ? null : plain(row);
}

/** Of the programs of an address, the current one first. */
export const CURRENT_FIRST = [{ builtIn: 'desc' }, { version: 'desc' }] as const;

/** The program that this address means. */
export async function findProgramAt(
  { prisma }: Store,
  address: string,
): Promise<StoredProgram | null> {
  const row = await prisma.program.findFirst({
    where: { address, version: { not: null } },
    orderBy: [...CURRENT_FIRST],
  });
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
