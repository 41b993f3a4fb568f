/**
 * A new campaign with its parts, and the idempotency key that made it, in one transaction: a request
 * repeated with its key finds the campaign of the first time, whenever the process died in between.
 */
import type { Database, Queryable, Store } from '../database/database.js';
import { keepKey, type RequestKey } from './idempotency-keys.js';
import { insertCampaign, type NewCampaign } from './insert-campaign.js';

export type CreateCampaignResult =
  | { kind: 'created' | 'repeated'; id: number }
  /** The key was used before, for another request. */
  | { kind: 'key-conflict' }
  | { kind: 'unknown-program'; digest: string }
  | { kind: 'too-many' };

export interface CreateOptions {
  key?: RequestKey | undefined;
  /** No campaign is created beside so many that run; one whose key is repeated is found nevertheless. */
  mostRunning?: number | undefined;
}

/** Undoes what the transaction has written, the key above all. */
class TooManyRunning extends Error {}

async function create(
  tx: Store & Queryable,
  campaign: NewCampaign,
  { key, mostRunning = Infinity }: CreateOptions,
): Promise<CreateCampaignResult> {
  const where = { digest: { in: [...campaign.programs] } };
  const stored = await tx.prisma.program.findMany({ where, select: { digest: true } });
  const known = new Set(stored.map((program) => program.digest));
  const missing = campaign.programs.find((digest) => !known.has(digest));
  if (missing !== undefined) return { kind: 'unknown-program', digest: missing };
  const make = async (): Promise<number> => {
    const id = await insertCampaign(tx, campaign, mostRunning);
    if (id === null) throw new TooManyRunning();
    return id;
  };
  return key === undefined ? { kind: 'created', id: await make() } : keepKey(tx, key, make);
}

export async function createCampaign(
  db: Database,
  campaign: NewCampaign,
  options: CreateOptions = {},
): Promise<CreateCampaignResult> {
  try {
    return await db.prismaTransaction((tx) => create(tx, campaign, options));
  } catch (error) {
    if (error instanceof TooManyRunning) return { kind: 'too-many' };
    throw error;
  }
}
