/**
 * What two results of one shard are compared by: SHA-256 over the quantities that enter the ledger, in
 * the order of signatures by code unit. Times, steps and which failures are kept are not in it: they may differ
 * between sound runs.
 */
import type { ShardTotals } from '@lastref/contracts';
import { createHash } from 'node:crypto';

export function resultDigest(totals: ShardTotals): string {
  const signatures = totals.signatures
    .map(({ signature, count, lanes }) => [signature, count, ...lanes] as const)
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  const text = JSON.stringify([totals.schedules, totals.outside, totals.cut, signatures]);
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
