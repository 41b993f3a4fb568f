/**
 * Campaigns in rounds. Each program has rounds of its own; the parts of one are written when the round before is complete:
 * every seed carved, every shard counted, none quarantined. What they are is the caller's decision (storage knows no
 * engine), by the stored totals of complete rounds and, where it asked for that, the time since it was created. A program whose round lacks a shard gets no further round.
 */
import type { CampaignStop, ProgramRounds } from '@lastref/contracts';
import { isCampaignRunning } from '../completion/lock-shard.js';
import type { Database, Queryable } from '../database/database.js';
import { insertParts, type NewPart } from './insert-parts.js';

/** What a strategy gets of a round before anything is known; only ratios matter. */
export interface StrategyShare {
  strategy: string;
  share: number;
}

/** A round that is complete, with what the campaign asked for. */
export interface CompleteRound {
  campaign: number;
  program: string;
  round: number;
  shares: StrategyShare[];
  stop: CampaignStop;
  seedFrom: number;
  schedules: number;
  /** Milliseconds since the campaign was created, by the clock that said when that was. */
  elapsedMs: number;
}

const COMPLETE = `
  SELECT c.id AS campaign, g.digest AS program, r.round, c.shares, c.stop,
         c.seed_from AS "seedFrom", c.schedules,
         floor(extract(epoch FROM now() - c.created_at) * 1000)::float8 AS "elapsedMs"
    FROM campaign c
    JOIN campaign_program r ON r.campaign_id = c.id
    JOIN program g ON g.id = r.program_id
   WHERE c.state = 'running' AND r.stopped IS NULL
     AND NOT EXISTS (SELECT FROM campaign_part p
                      WHERE p.campaign_id = c.id AND p.program_id = r.program_id
                        AND (p.seed_next < p.seed_end OR p.shards_done < p.shards_carved))
   ORDER BY c.id, g.id`;

const NEXT = `
  UPDATE campaign_program r SET round = r.round + 1
    FROM program g
   WHERE g.id = r.program_id AND r.campaign_id = $1 AND g.digest = $2 AND r.round = $3
     AND r.stopped IS NULL
  RETURNING r.round`;

const STOP = `
  UPDATE campaign_program r SET stopped = $4
    FROM program g
   WHERE g.id = r.program_id AND r.campaign_id = $1 AND g.digest = $2 AND r.round = $3
     AND r.stopped IS NULL`;

const LIST = `
  SELECT g.digest AS program, g.address, r.round, r.stopped
    FROM campaign_program r
    JOIN program g ON g.id = r.program_id
   WHERE r.campaign_id = $1
   ORDER BY g.id`;

export function listCompleteRounds(db: Queryable): Promise<CompleteRound[]> {
  return db.query<CompleteRound & Record<string, unknown>>(COMPLETE);
}

/** Begins the round after this one, once, whoever else tries. */
export function openRound(
  db: Database,
  { campaign, program, round }: CompleteRound,
  parts: readonly NewPart[],
): Promise<boolean> {
  return db.transaction(async (tx) => {
    if (!(await isCampaignRunning(tx, campaign))) return false;
    const [next] = await tx.query<{ round: number }>(NEXT, [campaign, program, round]);
    if (next === undefined) return false;
    await insertParts(tx, campaign, [program], next.round, parts);
    return true;
  });
}

/** No round follows this one. */
export async function stopRounds(
  db: Queryable,
  { campaign, program, round }: CompleteRound,
  reason: string,
): Promise<void> {
  await db.query(STOP, [campaign, program, round, reason]);
}

/** Where each program is; nothing for a campaign that is not in rounds. */
export function listRounds(db: Queryable, campaign: number): Promise<ProgramRounds[]> {
  return db.query<ProgramRounds & Record<string, unknown>>(LIST, [campaign]);
}
