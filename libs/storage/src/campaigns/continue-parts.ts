/**
 * Writes parts whose seeds go on where those of the last such part ended, for each program and strategy by itself: the cursor
 * is moved in the same statement, so no two campaigns that go on ever get the same seed. What they were dealt says how many.
 * Raw, because taking from the cursors and writing the parts are one statement.
 */
import type { Queryable } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { NewPart } from './insert-parts.js';

const SQL = statement(
  {},
  `
  WITH dealt AS (
    SELECT program.id AS program_id, dealt.strategy, dealt.count, place, turn
      FROM unnest($2::text[]) WITH ORDINALITY AS wanted (digest, place)
      JOIN program ON program.digest = wanted.digest
     CROSS JOIN unnest($4::text[], $5::int8[]) WITH ORDINALITY AS dealt (strategy, count, turn)
  ), taken AS (
    INSERT INTO seed_cursor (program_id, strategy, next)
    SELECT program_id, strategy, count FROM dealt ORDER BY program_id, strategy
    ON CONFLICT (program_id, strategy) DO UPDATE SET next = seed_cursor.next + excluded.next
    RETURNING program_id, strategy, next
  )
  INSERT INTO campaign_part
         (campaign_id, program_id, strategy, round, seed_from, seed_next, seed_end, rate)
  SELECT $1, program_id, strategy, $3, next - count, next - count, next,
         (SELECT known.rate FROM campaign_part known
           WHERE known.program_id = dealt.program_id AND known.strategy = dealt.strategy
             AND known.rate IS NOT NULL
           ORDER BY known.id DESC LIMIT 1)
    FROM dealt JOIN taken USING (program_id, strategy)
   ORDER BY place, turn`,
);

export async function continueParts(
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
    parts.map((part) => part.count),
  ]);
}
