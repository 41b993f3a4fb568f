/**
 * The ledger of a campaign from the totals of its parts: rounds of one program and strategy are merged by
 * the engine's own rule, so the digest is the one `hunt --ledger` prints for the same seeds.
 */
import {
  type BatchTotals,
  ledgerDigest,
  type LedgerEntry,
  mergeTotals,
} from '@lastref/exploration';
import { kindOf } from '@lastref/kernel';
import type { StoredPart } from '@lastref/storage';

/** As the engine counts them: storage keeps no more of a kind than its signature. */
export function engineTotals({ totals }: StoredPart): BatchTotals {
  const signatures = totals.signatures.map((row) => ({ ...row, kind: kindOf(row.signature) }));
  return { ...totals, signatures };
}

export function ledgerEntries(parts: readonly StoredPart[]): LedgerEntry[] {
  const entries = new Map<string, LedgerEntry>();
  for (const part of parts) {
    const { program, strategy } = part;
    const key = `${program} ${strategy}`;
    const before = entries.get(key)?.totals;
    const totals = engineTotals(part);
    entries.set(key, {
      program,
      strategy,
      totals: before === undefined ? totals : mergeTotals(before, totals),
    });
  }
  return [...entries.values()];
}

export function campaignLedgerDigest(parts: readonly StoredPart[]): string {
  return ledgerDigest(ledgerEntries(parts));
}
