/**
 * The parts of a campaign with their totals: what its ledger is made of. One entry per (program,
 * strategy, round); whoever makes a ledger merges rounds by the engine's own rule.
 */
import type { SignatureTotals, ShardTotals } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';

export interface StoredPart {
  program: string;
  address: string;
  strategy: string;
  round: number;
  seedFrom: number;
  seedEnd: number;
  totals: ShardTotals;
}

const PARTS = `
  SELECT p.id, g.digest AS program, g.address, p.strategy, p.round, p.seed_from AS "seedFrom",
         p.seed_end AS "seedEnd", p.schedules, p.outside, p.cut, p.steps, p.cut_seeds AS "cutSeeds"
    FROM campaign_part p
    JOIN program g ON g.id = p.program_id
   WHERE p.campaign_id = $1 AND ($2::text IS NULL OR g.digest = $2)
   ORDER BY p.id`;

const SIGNATURES = `
  SELECT t.part_id AS part, s.text AS signature, s.kind, s.report, t.count,
         ARRAY[t.lane0, t.lane1, t.lane2, t.lane3] AS lanes, t.lowest_seeds AS "lowestSeeds"
    FROM part_signature t
    JOIN campaign_part p ON p.id = t.part_id
    JOIN program g ON g.id = p.program_id
    JOIN signature s ON s.id = t.signature_id
   WHERE p.campaign_id = $1 AND ($2::text IS NULL OR g.digest = $2)
   ORDER BY t.part_id, s.text COLLATE "C"`;

type PartRow = Omit<StoredPart, 'totals'> & Omit<ShardTotals, 'signatures'> & { id: number };
type SignatureRow = SignatureTotals & { part: number };

function totalsOf(part: PartRow, rows: readonly SignatureRow[]): ShardTotals {
  const { schedules, outside, cut, cutSeeds, steps } = part;
  const signatures = rows
    .filter((row) => row.part === part.id)
    .map(({ signature, kind, report, count, lanes, lowestSeeds }) => ({
      signature,
      kind,
      report,
      count,
      lanes,
      lowestSeeds,
    }));
  return { schedules, outside, cut, cutSeeds, steps, signatures };
}

/**
 * In the order of writing: rounds in turn, each as it was allocated. Of one program, if its digest is given. Two statements
 * see two moments: the totals of a campaign that still runs may be a shard apart.
 */
export async function listParts(
  db: Queryable,
  campaign: number,
  program?: string,
): Promise<StoredPart[]> {
  const parts = await db.query<PartRow>(PARTS, [campaign, program ?? null]);
  const signatures = await db.query<SignatureRow>(SIGNATURES, [campaign, program ?? null]);
  return parts.map((part) => {
    const { program, address, strategy, round, seedFrom, seedEnd } = part;
    return {
      program,
      address,
      strategy,
      round,
      seedFrom,
      seedEnd,
      totals: totalsOf(part, signatures),
    };
  });
}
