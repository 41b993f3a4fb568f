/**
 * Compares a night that has ended with the nights before: once, whoever else tries. Bugs that are gone are marked, with an event in
 * their history, and the night keeps how many are new, gone and regressed. A bug that regressed was opened again when it was
 * met; here it is only counted.
 * Raw, because Prisma takes no row locks, and what a bug's state is decides whether it gets an event.
 */
import type { Database, Queryable } from '../../database/database.js';
import { int8, statement } from '../../database/statement.js';
import { judgeBugs, type BugFate } from './judge-bugs.js';
import { readNights } from './read-nights.js';

const LIST = statement(
  { tick: int8 },
  `
  SELECT t.id AS tick
    FROM tick t
    JOIN campaign c ON c.id = t.campaign_id
   WHERE t.state = 'started' AND t.reviewed_at IS NULL AND c.state <> 'running'
   ORDER BY t.campaign_id`,
);

const TAKE = statement(
  { campaign: int8 },
  `
  SELECT c.id AS campaign
    FROM tick t
    JOIN campaign c ON c.id = t.campaign_id
   WHERE t.id = $1 AND t.reviewed_at IS NULL
     FOR UPDATE OF t SKIP LOCKED`,
);

const MARK_GONE = statement(
  { bug: int8 },
  `
  WITH left_off AS (
    UPDATE bug SET state = 'gone' WHERE id = ANY($1::int8[]) AND state = 'open' RETURNING id
  )
  INSERT INTO bug_event (bug_id, kind, campaign_id)
  SELECT id, 'gone', $2 FROM left_off ORDER BY id
  RETURNING bug_id AS bug`,
);

const REVIEWED = statement(
  {},
  `
  UPDATE tick SET reviewed_at = now(), bugs_new = $2, bugs_gone = $3, bugs_regressed = $4
   WHERE id = $1`,
);

export interface Reviewed {
  campaign: number;
  new: number;
  gone: number;
  regressed: number;
}

export async function listNightsToReview(db: Queryable): Promise<number[]> {
  const rows = await db.run(LIST);
  return rows.map((row) => row.tick);
}

/** Null if it was reviewed before, or somebody else is at it. */
export function reviewNight(db: Database, tick: number): Promise<Reviewed | null> {
  return db.prismaTransaction(async (tx) => {
    const [taken] = await tx.run(TAKE, [tick]);
    if (taken === undefined) return null;
    const { nights, bugs } = await readNights(tx, tick);
    const judged = judgeBugs(nights, bugs);
    const of = (fate: BugFate): number[] =>
      judged.filter((bug) => bug.fate === fate).map(({ bug }) => bug);
    const gone = await tx.run(MARK_GONE, [of('gone'), taken.campaign]);
    const counts = { new: of('new').length, gone: gone.length, regressed: of('regressed').length };
    await tx.run(REVIEWED, [tick, counts.new, counts.gone, counts.regressed]);
    return { campaign: taken.campaign, ...counts };
  });
}
