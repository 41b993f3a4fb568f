/**
 * Campaigns as they are shown: one row each, with the sums over their parts. The sums are counters
 * kept by completions; nothing here counts rows of failures or shards.
 */
import type { CampaignStop } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import type { After } from '../page.js';

export const CAMPAIGN_STATES = ['running', 'done', 'incomplete', 'cancelled'] as const;
export type StoredCampaignState = (typeof CAMPAIGN_STATES)[number];

export interface StoredCampaign {
  id: number;
  title: string;
  state: StoredCampaignState;
  strategy: string;
  stop: CampaignStop;
  /** Asked for, all programs together; the most, where a rule may stop it before. */
  schedules: number;
  /** Counted so far. */
  executed: number;
  outside: number;
  cut: number;
  steps: number;
  /** Failing schedules; reports are not in it. */
  failing: number;
  shardsCarved: number;
  shardsDone: number;
  shardsQuarantined: number;
  ledgerDigest: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

const SELECT = `
  SELECT c.id, c.title, c.state::text, c.strategy, c.stop, c.ledger_digest AS "ledgerDigest",
         c.created_at AS "createdAt", c.finished_at AS "finishedAt",
         (c.schedules * count(DISTINCT p.program_id))::int8 AS schedules, sum(p.schedules)::int8 AS executed,
         sum(p.outside)::int8 AS outside, sum(p.cut)::int8 AS cut, sum(p.steps)::int8 AS steps,
         sum(p.failing)::int8 AS failing, sum(p.shards_carved)::int8 AS "shardsCarved",
         sum(p.shards_done)::int8 AS "shardsDone",
         sum(p.shards_quarantined)::int8 AS "shardsQuarantined"
    FROM campaign c
    JOIN campaign_part p ON p.campaign_id = c.id`;

const LIST = `
  WITH page AS (
    SELECT id FROM campaign
     WHERE ($1::int8 IS NULL OR id < $1) AND ($2::campaign_state IS NULL OR state = $2)
     ORDER BY id DESC LIMIT $3
  )
  ${SELECT} WHERE c.id IN (SELECT id FROM page) GROUP BY c.id ORDER BY c.id DESC`;

const FIND = `${SELECT} WHERE c.id = $1 GROUP BY c.id`;

type CampaignRow = StoredCampaign & Record<string, unknown>;

/** Newest first. */
export function listCampaigns(
  db: Queryable,
  page: After,
  state?: StoredCampaignState,
): Promise<StoredCampaign[]> {
  return db.query<CampaignRow>(LIST, [page.after ?? null, state ?? null, page.limit]);
}

export async function findCampaign(db: Queryable, id: number): Promise<StoredCampaign | null> {
  const [row] = await db.query<CampaignRow>(FIND, [id]);
  return row ?? null;
}

const COUNT_RUNNING = `SELECT count(*)::int4 AS running FROM campaign WHERE state = 'running'`;

export async function countRunningCampaigns(db: Queryable): Promise<number> {
  const [row] = await db.query<{ running: number }>(COUNT_RUNNING);
  return row?.running ?? 0;
}
