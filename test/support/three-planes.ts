/** Three control planes that sweep nightlies at once, over one database, and what specs ask and do there. */
import { randomUUID } from 'node:crypto';
import { cancelCampaign, Database, listParts } from '@lastref/storage';
import { pino } from 'pino';
import { createTestDatabase, type TestDatabase } from './database.js';
import { letBeDue, nightRows, type NightRow } from './nights.js';
import { runToTheEnd } from './sample-bugs.js';
import { sampleProgram } from './sample-shards.js';
import { DispatchBell } from '../../apps/control-plane/src/dispatch/bell.js';
import { CampaignCloser } from '../../apps/control-plane/src/dispatch/campaign-closer.service.js';
import { CanaryStore } from '../../apps/control-plane/src/nightlies/canaries/canary-store.js';
import { NightlySweeper } from '../../apps/control-plane/src/nightlies/nightly-sweeper.service.js';

export const WORKER = '00000000-0000-4000-8000-00000000000e';
export const LONG_MS = 120_000;
const SILENT = pino({ level: 'silent' });

let server: TestDatabase;
let planes: { db: Database; sweeper: NightlySweeper }[];
export let db: Database;
export let closer: CampaignCloser;

/** Opened before the tests of a file, and closed behind them; campaigns that a test left running are cancelled. */
export function useThreePlanes(): void {
  beforeAll(async () => {
    server = await createTestDatabase();
    planes = await Promise.all(
      [1, 2, 3].map(async () => {
        const own = await Database.open({ url: server.url });
        const canaries = new CanaryStore(own);
        return { db: own, sweeper: new NightlySweeper(own, canaries, new DispatchBell(), SILENT) };
      }),
    );
    const [first] = planes;
    if (first === undefined) throw new Error('no control plane');
    db = first.db;
    closer = new CampaignCloser(db, SILENT);
  });

  afterEach(async () => {
    for (const { id } of await running()) await cancelCampaign(db, id);
  });

  afterAll(async () => {
    await Promise.all(planes.map((plane) => plane.db.close()));
    await server.drop();
  });
}

export const running = (): Promise<{ id: number }[]> =>
  db.query<{ id: number }>(`SELECT id FROM campaign WHERE state = 'running' ORDER BY id`);

export const sweep = async (): Promise<void> => {
  await Promise.all(planes.map(({ sweeper }) => sweeper.sweep()));
};

/** A scenario of its own with one program. */
export async function scenario(): Promise<string> {
  const name = `s${randomUUID().slice(0, 8)}`;
  await sampleProgram(db, name);
  return name;
}

export async function sweepDue(nightly: number, ago?: string): Promise<NightRow[]> {
  await letBeDue(db, nightly, ago);
  await sweep();
  return nightRows(db, nightly);
}

export async function lastNight(nightly: number): Promise<{ campaign: number; canaries: number }> {
  const { campaign, canaries } = (await nightRows(db, nightly)).at(-1) ?? {};
  if (typeof campaign !== 'number' || typeof canaries !== 'number') throw new Error('no night');
  return { campaign, canaries };
}

/** One night to its end, failing as often as is said, and its review. */
export async function night(nightly: number, every: number): Promise<number> {
  await sweepDue(nightly);
  const { campaign } = await lastNight(nightly);
  await runToTheEnd(db, campaign, every);
  await closer.close();
  await sweep();
  return campaign;
}

export const rangesOf = async (campaign: number): Promise<[string, number, number][]> =>
  (await listParts(db, campaign)).map(({ strategy, seedFrom, seedEnd }) => [
    strategy,
    seedFrom,
    seedEnd,
  ]);

export const announced = async (kind: string): Promise<{ subject: string; detail: string }[]> =>
  db.query(`SELECT subject, detail FROM announcement WHERE kind::text = $1 ORDER BY id`, [kind]);
