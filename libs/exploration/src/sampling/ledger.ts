/** The ledger of semantics section 6: an order-independent digest of every failing (seed, signature), by the sums of its lanes. */
import { canonicalJson, sha256Hex } from '@lastref/kernel';
import type { BatchTotals } from './totals.js';

export interface LedgerEntry {
  /** Digest of the program. */
  readonly program: string;
  readonly strategy: string;
  readonly totals: BatchTotals;
}

/** SHA-256 over the canonical JSON of all tuples, sorted by key; 64 hex digits. */
export function ledgerDigest(entries: readonly LedgerEntry[]): string {
  const rows = entries.map(({ program, strategy, totals }) => ({
    key: `${program} ${strategy}`,
    row: [
      program,
      strategy,
      totals.schedules,
      totals.outside,
      totals.cut,
      [...totals.signatures]
        .sort((a, b) => compare(a.signature, b.signature))
        .map(({ signature, count, lanes }) => [signature, count, [...lanes]]),
    ],
  }));
  return sha256Hex(canonicalJson(rows.sort((a, b) => compare(a.key, b.key)).map(({ row }) => row)));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
