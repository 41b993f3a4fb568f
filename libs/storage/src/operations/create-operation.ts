/**
 * A new operation, and the idempotency key that made it, in one transaction: a request repeated with its key finds the
 * operation of the first time. Operations are made one after another, so that no more of them are open than may be.
 */
import type { Work } from '@lastref/contracts';
import { keepKey, type RequestKey } from '../campaigns/idempotency-keys.js';
import type { Database, Queryable, Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';
import { CREATE_OPERATION_LOCK, waitForLock } from '../shards/advisory-locks.js';

export interface NewOperation {
  /** Digest of a stored program. */
  program: string;
  work: Work;
  background?: boolean;
}

export type CreateOperationResult =
  | { kind: 'created' | 'repeated'; id: number }
  /** The key was used before, for another request. */
  | { kind: 'key-conflict' }
  | { kind: 'unknown-program' }
  | { kind: 'too-many' };

export interface CreateOperationOptions {
  key?: RequestKey | undefined;
  /** No operation is created beside so many that have not ended; one whose key is repeated is found nevertheless. */
  mostOpen?: number | undefined;
}

/** Undoes what the transaction has written, the key above all. */
class TooManyOpen extends Error {}

const OPEN = ['waiting', 'sent', 'running'] as const;

async function insert(
  tx: Store & Queryable,
  programId: bigint,
  { work, background = false }: NewOperation,
  mostOpen: number,
): Promise<number> {
  await waitForLock(tx, CREATE_OPERATION_LOCK);
  const open = await tx.prisma.operation.count({ where: { state: { in: [...OPEN] } } });
  if (open >= mostOpen) throw new TooManyOpen();
  const options =
    'milestones' in work ? { ...work, milestones: [...(work.milestones ?? [])] } : { ...work };
  const row = await tx.prisma.operation.create({
    data: { kind: work.kind, programId, options, background },
  });
  return safeNumber(row.id);
}

export async function createOperation(
  db: Database,
  operation: NewOperation,
  { key, mostOpen = Infinity }: CreateOperationOptions = {},
): Promise<CreateOperationResult> {
  try {
    return await db.prismaTransaction(async (tx): Promise<CreateOperationResult> => {
      const where = { digest: operation.program };
      const program = await tx.prisma.program.findUnique({ where, select: { id: true } });
      if (program === null) return { kind: 'unknown-program' };
      const make = (): Promise<number> => insert(tx, program.id, operation, mostOpen);
      return key === undefined ? { kind: 'created', id: await make() } : keepKey(tx, key, make);
    });
  } catch (error) {
    if (error instanceof TooManyOpen) return { kind: 'too-many' };
    throw error;
  }
}
