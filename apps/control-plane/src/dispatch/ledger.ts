/**
 * The ledger of a campaign from the totals of its parts: rounds of one program and strategy are merged by
 * the engine's own rule, so the digest is the one `hunt --ledger` prints for the same seeds.
 */
import { ledgerDigest, type LedgerEntry, mergeTotals } from '@lastref/exploration';
import type { StoredPart } from '@lastref/storage';

export function ledgerEntries(parts: readonly StoredPart[]): LedgerEntry[] {
  const entries = new Map<string, LedgerEntry>();
  for (const { program, strategy, totals } of parts) {
    const key = `${program} ${strategy}`;
    const entry = entries.get(key);
    const merged = entry === undefined ? totals : mergeTotals(entry.totals, totals);
    entries.set(key, { program, strategy, totals: merged });
  }
  return [...entries.values()];
}

export function campaignLedgerDigest(parts: readonly StoredPart[]): string {
  return ledgerDigest(ledgerEntries(parts));
}
