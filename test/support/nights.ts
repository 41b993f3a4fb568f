/** Nightlies for specs: made as the service makes them, and due when the spec says so. */
import { createNightly, type Database, type NightlySettings } from '@lastref/storage';

let made = 0;

/** Once a year: nothing is due but what a spec sets. */
const NEVER = '0 0 1 1 *';

export async function sampleNightly(
  db: Database,
  settings: Partial<NightlySettings> & Pick<NightlySettings, 'programs'>,
): Promise<number> {
  made += 1;
  const whole: NightlySettings = {
    name: `sample-${made}`,
    cron: NEVER,
    zone: 'UTC',
    strategy: 'rw/1',
    stop: 'count',
    schedules: 1_000,
    shardSize: 100,
    overlap: 'skip',
    catchUpMinutes: 360,
    deadlineMinutes: 60,
    canaryMinutes: 60,
    ...settings,
  };
  const nextDue = (): Date => new Date('2100-01-01T00:00:00Z');
  const result = await createNightly(db, whole, { most: Infinity, nextDue });
  if (result.kind !== 'created') throw new Error(result.kind);
  return result.id;
}

/** Lets it have been due so long ago, as an interval of SQL: `1 minute`. */
export async function letBeDue(db: Database, nightly: number, ago = '1 second'): Promise<void> {
  await db.query(`UPDATE nightly SET next_due_at = now() - $2::interval WHERE id = $1`, [
    nightly,
    ago,
  ]);
}

export interface NightRow {
  state: string;
  campaign: number | null;
  canaries: number | null;
  canary: string | null;
}

/** Its due times, oldest first. */
export function nightRows(db: Database, nightly: number): Promise<NightRow[]> {
  return db.query<NightRow & Record<string, unknown>>(
    `SELECT state::text, campaign_id AS campaign, canary_campaign_id AS canaries, canary::text
       FROM tick WHERE nightly_id = $1 ORDER BY due_at`,
    [nightly],
  );
}
