/**
 * Writes the parts of a campaign, or of one round of it. A part begins with the rate that its program and strategy were
 * last measured at, if ever: so only the first shards of a new program have to guess their size.
 * Raw, because rows are made of a cross product and the last measured rate of each, in one statement.
 */
import type { Queryable } from '../database/database.js';
import { statement } from '../database/statement.js';

/** A range of seeds of one strategy. */
export interface NewPart {
  strategy: string;
  seedFrom: number;
  count: number;
}

const SQL = statement(
  {},
  `
  INSERT INTO campaign_part
         (campaign_id, program_id, strategy, round, seed_from, seed_next, seed_end, rate)
  SELECT $1, program.id, dealt.strategy, $3, dealt.seed_from, dealt.seed_from,
         dealt.seed_from + dealt.count,
         (SELECT known.rate FROM campaign_part known
           WHERE known.program_id = program.id AND known.strategy = dealt.strategy
             AND known.rate IS NOT NULL
           ORDER BY known.id DESC LIMIT 1)
    FROM unnest($2::text[]) WITH ORDINALITY AS wanted (digest, place)
    JOIN program ON program.digest = wanted.digest
   CROSS JOIN unnest($4::text[], $5::int8[], $6::int8[]) WITH ORDINALITY
      AS dealt (strategy, seed_from, count, turn)
   ORDER BY place, turn
  ON CONFLICT DO NOTHING`,
);

export async function insertParts(
  tx: Queryable,
  campaign: number,
  programs: readonly string[],
  round: number,
  parts: readonly NewPart[],
): Promise<void> {
  await tx.run(SQL, [
    campaign,
    programs,
    round,
    parts.map((part) => part.strategy),
    parts.map((part) => part.seedFrom),
    parts.map((part) => part.count),
  ]);
}
