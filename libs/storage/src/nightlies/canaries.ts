/**
 * The canaries of nights: two programs whose answers are known. Answers that are not as they must be, or that are not there in
 * time, are incidents, and announced, in the transaction that says so in the night's row. What must be is the caller's to judge
 * (storage knows no programs).
 * Raw, because the present is the database's and Prisma takes no row locks.
 */
import { listParts, type StoredPart } from '../campaigns/campaign-parts.js';
import type { Database, Queryable, Store } from '../database/database.js';
import { bool, int8, oneOf, statement, text, timestamp } from '../database/statement.js';
import { openIncident } from '../incidents/open-incident.js';
import { announce } from '../notifications/announce.js';

const COLUMNS = {
  tick: int8,
  name: text,
  dueAt: timestamp,
  campaign: int8,
  state: oneOf('running', 'done', 'incomplete', 'cancelled'),
  overdue: bool,
} as const;

const OPEN = `
  SELECT t.id AS tick, n.name, t.due_at AS "dueAt", c.id AS campaign, c.state::text,
         t.canary_deadline_at <= now() AND NOT t.canary_late AS overdue
    FROM tick t
    JOIN nightly n ON n.id = t.nightly_id
    JOIN campaign c ON c.id = t.canary_campaign_id
   WHERE t.canary = 'waiting'`;

const LIST = statement(
  { tick: int8 },
  `
  SELECT t.id AS tick
    FROM tick t
    JOIN campaign c ON c.id = t.canary_campaign_id
   WHERE t.canary = 'waiting'
     AND (c.state <> 'running' OR (t.canary_deadline_at <= now() AND NOT t.canary_late))
   ORDER BY t.id`,
);

const TAKE = statement(COLUMNS, `${OPEN} AND t.id = $1 FOR UPDATE OF t SKIP LOCKED`);

type Canaries = {
  tick: number;
  name: string;
  dueAt: Date;
  campaign: number;
  state: 'running' | 'done' | 'incomplete' | 'cancelled';
  overdue: boolean;
};

/** What is wrong with the answers, in a sentence; null if they are as they must be. */
export type JudgeCanaries = (parts: readonly StoredPart[]) => string | null;

export interface CanaryTrouble {
  kind: 'canary-late' | 'canary-surprise';
  detail: string;
}

export async function listCanariesToJudge(db: Queryable): Promise<number[]> {
  const rows = await db.run(LIST);
  return rows.map((row) => row.tick);
}

/** The incident that was opened, if any. */
export function judgeCanaries(
  db: Database,
  tick: number,
  judge: JudgeCanaries,
): Promise<CanaryTrouble | null> {
  return db.prismaTransaction(async (tx) => {
    const [canaries] = await tx.run(TAKE, [tick]);
    if (canaries === undefined) return null;
    return canaries.state === 'running' ? late(tx, canaries) : ended(tx, canaries, judge);
  });
}

async function late(tx: Store & Queryable, canaries: Canaries): Promise<CanaryTrouble | null> {
  if (!canaries.overdue) return null;
  await tx.prisma.tick.update({ where: { id: canaries.tick }, data: { canaryLate: true } });
  const why =
    'have not ended in time: no worker runs, or none that can run them, or there are too few';
  return tell(tx, canaries, 'canary-late', why);
}

async function ended(
  tx: Store & Queryable,
  canaries: Canaries,
  judge: JudgeCanaries,
): Promise<CanaryTrouble | null> {
  const where = { id: canaries.tick };
  if (canaries.state === 'cancelled') {
    await tx.prisma.tick.update({ where, data: { canary: 'unjudged' } });
    return null;
  }
  const wrong =
    canaries.state === 'incomplete'
      ? 'lack shards that were quarantined'
      : judge(await listParts(tx, canaries.campaign));
  const canary = wrong === null ? 'held' : 'surprise';
  await tx.prisma.tick.update({ where, data: { canary } });
  return wrong === null ? null : tell(tx, canaries, 'canary-surprise', wrong);
}

async function tell(
  tx: Queryable,
  { name, dueAt, campaign }: Canaries,
  kind: CanaryTrouble['kind'],
  why: string,
): Promise<CanaryTrouble> {
  const subject = `nightly ${name}, ${dueAt.toISOString()}`;
  const detail = `The canaries of nightly ${name} due at ${dueAt.toISOString()} (campaign ${campaign}) ${why}.`;
  const incident = await openIncident(tx, { kind, subject, detail, campaign });
  await announce(tx, {
    kind: 'canary',
    subject: `${kind}, ${subject}`,
    campaign,
    incident: incident ?? undefined,
    detail,
  });
  return { kind, detail };
}
