import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { runToTheEnd } from '../../../../test/support/sample-bugs.js';
import { sampleCampaign, sampleProgram } from '../../../../test/support/sample-shards.js';
import { Database } from '../database/database.js';
import { LOST_LEASES, REPORTED_FAILURES } from '../limits.js';
import { beginShrink, leaveShrink } from './begin-shrink.js';
import { failShrink } from './fail-shrink.js';
import { takeShrinks } from './take-shrinks.js';

let server: TestDatabase;
let db: Database;

beforeAll(async () => {
  server = await createTestDatabase();
  db = await Database.open({ url: server.url });
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

async function oneShrink(): Promise<number> {
  await takeShrinks(db, 1_000);
  await runToTheEnd(db, await sampleCampaign(db, [await sampleProgram(db)], { schedules: 100 }));
  const [shrink] = await takeShrinks(db, 1_000);
  if (shrink === undefined) throw new Error('no shrink is wanted');
  return shrink.outbox;
}

async function begin(shrink: number, times: number): Promise<boolean[]> {
  const begun: boolean[] = [];
  for (let time = 0; time < times; time += 1) begun.push((await beginShrink(db, shrink)) !== null);
  return begun;
}

const outcomeOf = async (shrink: number): Promise<unknown> =>
  (
    await db.query(
      `SELECT state::text, message, ended_at IS NOT NULL AS ended FROM outbox WHERE id = $1`,
      [shrink],
    )
  )[0];

describe('a shrink', () => {
  it('is of what its row says, whatever a job claims', async () => {
    const shrink = await oneShrink();
    const [row] = await db.query(
      `SELECT g.digest AS program, s.text AS signature FROM outbox o JOIN program g ON g.id = o.program_id
         JOIN bug b ON b.id = o.bug_id JOIN signature s ON s.id = b.signature_id WHERE o.id = $1`,
      [shrink],
    );
    expect(await beginShrink(db, shrink)).toEqual(row);
    expect(await beginShrink(db, 999_999)).toBeNull();
  });

  it('is given up when its worker has ended too often while it ran', async () => {
    const shrink = await oneShrink();
    expect(new Set(await begin(shrink, LOST_LEASES))).toEqual(new Set([true]));
    expect(await outcomeOf(shrink)).toMatchObject({ state: 'sent', ended: false });
    expect(await begin(shrink, 2)).toEqual([false, false]);
    const message = 'its worker ended 8 times while it ran';
    expect(await outcomeOf(shrink)).toEqual({ state: 'failed', message, ended: true });
  });

  it('may be left in order as often as workers are stopped', async () => {
    const shrink = await oneShrink();
    for (let time = 0; time < LOST_LEASES * 2; time += 1) {
      expect(await begin(shrink, 1)).toEqual([true]);
      await leaveShrink(db, shrink);
    }
  });

  it('that reports its failure has said how it ended, and is given up by the count of reports', async () => {
    const shrink = await oneShrink();
    expect(await begin(shrink, LOST_LEASES)).not.toContain(false);
    for (let report = 1; report < REPORTED_FAILURES; report += 1) {
      await failShrink(db, shrink, 'out of memory', false);
      expect(await begin(shrink, 1)).toEqual([true]);
    }
    await failShrink(db, shrink, 'out of memory', false);
    expect(await outcomeOf(shrink)).toMatchObject({ state: 'failed', message: 'out of memory' });
    expect(await begin(shrink, 1)).toEqual([false]);
  });
});
