import { ANNOUNCEMENT_KINDS, type AnnouncementKind } from '@lastref/contracts';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { runToTheEnd } from '../../../../test/support/sample-bugs.js';
import { sampleCampaign, sampleProgram } from '../../../../test/support/sample-shards.js';
import { Database } from '../database/database.js';
import { announce } from './announce.js';

let server: TestDatabase;
let db: Database;

beforeAll(async () => {
  server = await createTestDatabase();
  db = await Database.open({ url: server.url });
  await endpoint('everything', ANNOUNCEMENT_KINDS);
  await endpoint('incidents', ['incident']);
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

async function endpoint(name: string, kinds: readonly AnnouncementKind[]): Promise<void> {
  await db.query(
    `INSERT INTO endpoint (name, format, url, kinds)
     VALUES ($1, 'slack', 'http://127.0.0.1:9/', $2::text[]::announcement_kind[])`,
    [name, kinds],
  );
}

const toldTo = async (subject: string): Promise<string[]> =>
  (
    await db.query<{ name: string }>(
      `SELECT e.name FROM notification n JOIN endpoint e ON e.id = n.endpoint_id
         JOIN announcement a ON a.id = n.announcement_id WHERE a.subject = $1 ORDER BY 1`,
      [subject],
    )
  ).map(({ name }) => name);

describe('an announcement', () => {
  it('makes one message per endpoint that wants its kind', async () => {
    expect(await announce(db, { kind: 'incident', subject: 'first' })).toBe(true);
    expect(await announce(db, { kind: 'canary', subject: 'second' })).toBe(true);
    expect(await toldTo('first')).toEqual(['everything', 'incidents']);
    expect(await toldTo('second')).toEqual(['everything']);
  });

  it('is made once, however often and by however many it is told', async () => {
    const told = Array.from({ length: 8 }, () =>
      db.transaction((tx) => announce(tx, { kind: 'canary', subject: 'again' })),
    );
    expect((await Promise.all(told)).filter((first) => first)).toHaveLength(1);
    expect(await toldTo('again')).toEqual(['everything']);
    expect(await announce(db, { kind: 'incident', subject: 'again' })).toBe(true);
  });

  it('does not outlive a transaction that is undone, of whichever kind', async () => {
    const undone = new Error('undone');
    const lost = { kind: 'canary', subject: 'lost' } as const;
    const tell = async (tx: Parameters<typeof announce>[0]): Promise<never> => {
      await announce(tx, lost);
      throw undone;
    };
    await expect(db.transaction(tell)).rejects.toBe(undone);
    await expect(db.prismaTransaction(tell)).rejects.toBe(undone);
    expect(await toldTo('lost')).toEqual([]);
    expect(await db.prismaTransaction((tx) => announce(tx, lost))).toBe(true);
  });

  it('is made of every bug met for the first time, and never of one known', async () => {
    const program = await sampleProgram(db, 'announced');
    for (const title of ['first', 'second']) {
      await runToTheEnd(db, await sampleCampaign(db, [program], { title, schedules: 300 }));
    }
    const bugs = await db.query<{ id: number }>(`SELECT id FROM bug WHERE scenario = 'announced'`);
    const told = await db.query<{ bug: number; times: number }>(
      `SELECT bug_id AS bug, count(*)::int AS times FROM announcement
        WHERE kind = 'new-signature' GROUP BY 1 ORDER BY 1`,
    );
    expect(bugs).toHaveLength(2);
    expect(told).toEqual(
      bugs.map(({ id }) => ({ bug: id, times: 1 })).sort((a, b) => a.bug - b.bug),
    );
  });
});
