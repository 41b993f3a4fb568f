/**
 * Decides, in the transaction that counts a shard, whether it is run again elsewhere, and asks for it. A share of all shards is
 * chosen by a hash of the shard and its digest: the same whoever counts it, and not known before. Of failing shards the first few
 * of each program in a campaign are taken, and each that shows a bug which the campaign had not met; the others of a buggy
 * campaign are all failing and would double its work, so they are in the share of all.
 * Raw, because it belongs to the raw transaction of a completion. Its writes to the part come one after another, so two
 * completions do not both see themselves as the first.
 */
import { createHash } from 'node:crypto';
import type { Queryable } from '../database/database.js';
import { statement } from '../database/statement.js';
import { FAILING_AUDITS } from '../limits.js';
import type { LockedShard } from '../completion/lock-shard.js';

const SQL = statement(
  {},
  `
  INSERT INTO shard_audit (shard_id, campaign_id, program_id, why, counted, counted_by)
  SELECT $1::int8, $2::int8, $3::int8, why, $4, $5
    FROM (SELECT CASE
            WHEN $6::bool AND ((SELECT count(*) FROM shard_audit a
                                 WHERE a.campaign_id = $2::int8 AND a.program_id = $3::int8 AND a.why = 'failing') < $7::int4
                               OR EXISTS (SELECT FROM unnest($8::int8[], $9::int8[]) AS met (bug, count)
                                            JOIN bug_campaign b ON b.bug_id = met.bug AND b.campaign_id = $2::int8
                                           WHERE b.count = met.count)) THEN 'failing'
            WHEN $10::bool THEN 'sample' END AS why) AS chosen
   WHERE why IS NOT NULL
  ON CONFLICT (shard_id) DO NOTHING`,
);

export interface CountedShard {
  shard: LockedShard;
  digest: string;
  worker: string;
  /** Whether a schedule of it failed. */
  failing: boolean;
  /** The bugs it met, with how often. */
  bugs: readonly { bug: number; count: number }[];
}

const HASH_BYTES = 4;

/** A number from 0 up to 1 that depends on nothing but the shard and its result. */
export function lot(shard: number, digest: string): number {
  const hash = createHash('sha256').update(`${shard} ${digest}`, 'utf8').digest();
  return hash.readUInt32BE(0) / 2 ** (8 * HASH_BYTES);
}

/** `share`: of all shards, from 0 to 1; 0 audits nothing, failing ones included. */
export async function chooseAudit(
  tx: Queryable,
  { shard, digest, worker, failing, bugs }: CountedShard,
  share: number,
): Promise<void> {
  if (share === 0) return;
  const sampled = lot(shard.shard, digest) < share;
  if (!sampled && !failing) return;
  await tx.run(SQL, [
    shard.shard,
    shard.campaign,
    shard.program,
    digest,
    worker,
    failing,
    FAILING_AUDITS,
    bugs.map(({ bug }) => bug),
    bugs.map(({ count }) => count),
    sampled,
  ]);
}
