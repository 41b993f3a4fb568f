/**
 * Campaigns in rounds. Each program has rounds of its own; the parts of one are written when the round before is complete:
 * every seed carved, every shard counted, none quarantined. What they are is the caller's decision (storage knows no
 * engine), by the stored totals of complete rounds and, where it asked for that, the time since it was created. A program whose round lacks a shard gets no further round.
 * Raw is what finds complete rounds: it compares columns with each other, and times with the database's clock.
 */
import type { CampaignStop, ProgramRounds } from '@lastref/contracts';
import { isCampaignRunning } from '../completion/lock-shard.js';
import type { Database, Queryable, Store } from '../database/database.js';
import { continueParts } from './continue-parts.js';
import { insertParts, type NewPart } from './insert-parts.js';
import { bool, char, float8, int4, int8, json, statement } from '../database/statement.js';

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
  /** Its seeds come from the cursors, whatever the plan says. */
  continues: boolean;
  /** Milliseconds since the campaign was created, by the clock that said when that was. */
  elapsedMs: number;
}

const COMPLETE = statement(
  {
    campaign: int8,
    program: char,
    round: int4,
    shares: json<StrategyShare[]>(),
    stop: json<CampaignStop>(),
    seedFrom: int8,
    schedules: int8,
    continues: bool,
    elapsedMs: float8,
  },
  `
  SELECT c.id AS campaign, g.digest AS program, r.round, coalesce(c.shares, '[]') AS shares, c.stop,
         c.seed_from AS "seedFrom", c.schedules, c.continues,
         floor(extract(epoch FROM now() - c.created_at) * 1000)::float8 AS "elapsedMs"
    FROM campaign c
    JOIN campaign_program r ON r.campaign_id = c.id
    JOIN program g ON g.id = r.program_id
   WHERE c.state = 'running' AND r.stopped IS NULL
     AND NOT EXISTS (SELECT FROM campaign_part p
                      WHERE p.campaign_id = c.id AND p.program_id = r.program_id
                        AND (p.seed_next < p.seed_end OR p.shards_done < p.shards_carved))
   ORDER BY c.id, g.id`,
);

export function listCompleteRounds(db: Queryable): Promise<CompleteRound[]> {
  return db.run(COMPLETE);
}

/** Changes the program's row while it still is at this round and goes on; false if it is not. */
async function leaveRound(
  { prisma }: Store,
  { campaign, program, round }: CompleteRound,
  data: { round: number } | { stopped: string },
): Promise<boolean> {
  const { id } = await prisma.program.findUniqueOrThrow({ where: { digest: program } });
  const where = { campaignId: campaign, programId: id, round, stopped: null };
  return (await prisma.campaignProgram.updateMany({ where, data })).count === 1;
}

/** Begins the round after this one, once, whoever else tries. */
export function openRound(
  db: Database,
  complete: CompleteRound,
  parts: readonly NewPart[],
): Promise<boolean> {
  const { campaign, program, continues } = complete;
  const round = complete.round + 1;
  return db.prismaTransaction(async (tx) => {
    if (!(await isCampaignRunning(tx, campaign))) return false;
    if (!(await leaveRound(tx, complete, { round }))) return false;
    if (continues) await continueParts(tx, campaign, [program], round, parts);
    else await insertParts(tx, campaign, [program], round, parts);
    return true;
  });
}

/** No round follows this one. */
export async function stopRounds(
  db: Store,
  complete: CompleteRound,
  reason: string,
): Promise<void> {
  await leaveRound(db, complete, { stopped: reason });
}

/** Where each program is; nothing for a campaign that is not in rounds. */
export async function listRounds({ prisma }: Store, campaign: number): Promise<ProgramRounds[]> {
  const rows = await prisma.campaignProgram.findMany({
    where: { campaignId: campaign },
    include: { program: { select: { digest: true, address: true } } },
    orderBy: { programId: 'asc' },
  });
  return rows.map(({ program, round, stopped }) => ({
    program: program.digest,
    address: program.address,
    round,
    stopped,
  }));
}
