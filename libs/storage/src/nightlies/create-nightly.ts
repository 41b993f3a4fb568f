/**
 * A new nightly with its first due time, and the idempotency key that made it, in one transaction. Nightlies are made one
 * after another, so that names stay apart and there are never more than may be. When it is due is the caller's decision
 * (storage knows no cron), made of the database's present.
 */
import type { Database, Queryable, Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';
import { keepKey, type RequestKey } from '../campaigns/idempotency-keys.js';
import { CREATE_NIGHTLY_LOCK, waitForLock } from '../shards/advisory-locks.js';
import type { NightlySettings } from './nightlies.js';
import { databaseNow } from './now.js';

/** The first due time after this instant. */
export type NextDue = (nightly: Pick<NightlySettings, 'cron' | 'zone'>, now: Date) => Date;

export type CreateNightlyResult =
  | { kind: 'created' | 'repeated'; id: number }
  | { kind: 'key-conflict' | 'name-taken' | 'too-many' };

/** Undoes what the transaction has written, the key above all. */
class Refused extends Error {
  constructor(readonly result: CreateNightlyResult) {
    super(result.kind);
  }
}

export interface CreateNightlyOptions {
  key?: RequestKey | undefined;
  most: number;
  nextDue: NextDue;
}

export async function createNightly(
  db: Database,
  settings: NightlySettings,
  { key, most, nextDue }: CreateNightlyOptions,
): Promise<CreateNightlyResult> {
  const make = (tx: Store & Queryable): Promise<number> => insert(tx, settings, most, nextDue);
  try {
    return await db.prismaTransaction(async (tx): Promise<CreateNightlyResult> =>
      key === undefined
        ? { kind: 'created', id: await make(tx) }
        : keepKey(tx, key, () => make(tx)),
    );
  } catch (error) {
    if (error instanceof Refused) return error.result;
    throw error;
  }
}

async function insert(
  tx: Store & Queryable,
  settings: NightlySettings,
  most: number,
  nextDue: NextDue,
): Promise<number> {
  await waitForLock(tx, CREATE_NIGHTLY_LOCK);
  if (await isNameTaken(tx, settings.name)) throw new Refused({ kind: 'name-taken' });
  const standing = await tx.prisma.nightly.count({ where: { removedAt: null } });
  if (standing >= most) throw new Refused({ kind: 'too-many' });
  const nextDueAt = nextDue(settings, await databaseNow(tx));
  const { id } = await tx.prisma.nightly.create({ data: { ...settings, nextDueAt } });
  return safeNumber(id);
}

/** By another than the one of this id. */
export async function isNameTaken({ prisma }: Store, name: string, but?: number): Promise<boolean> {
  const not = but === undefined ? {} : { id: { not: but } };
  return (await prisma.nightly.count({ where: { name, removedAt: null, ...not } })) > 0;
}
