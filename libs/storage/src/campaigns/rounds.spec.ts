import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { runToTheEnd } from '../../../../test/support/sample-bugs.js';
import { sampleCampaign, sampleProgram } from '../../../../test/support/sample-shards.js';
import { Database } from '../database/database.js';
import { listParts } from './campaign-parts.js';
import { cancelCampaign } from './cancel-campaign.js';
import {
  type CompleteRound,
  listCompleteRounds,
  listRounds,
  openRound,
  stopRounds,
} from './rounds.js';

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

const FIRST = [{ strategy: 'rw/1', seedFrom: 0, count: 100 }];
const SECOND = [{ strategy: 'rw/1', seedFrom: 100, count: 100 }];

/** A campaign whose first round is complete. */
async function completeRound(): Promise<CompleteRound> {
  const shares = [{ strategy: 'rw/1', share: 1 }];
  const rounds = { stop: 'count' as const, shares, first: FIRST };
  const options = { schedules: 100, rounds };
  const campaign = await sampleCampaign(db, [await sampleProgram(db)], options);
  await runToTheEnd(db, campaign);
  const round = (await listCompleteRounds(db)).find((one) => one.campaign === campaign);
  if (round === undefined) throw new Error('the round is not complete');
  return round;
}

describe('rounds', () => {
  it('are begun once, whoever else tries', async () => {
    const round = await completeRound();
    const opened = await Promise.all([1, 2, 3, 4].map(() => openRound(db, round, SECOND)));
    expect(opened.filter((one) => one)).toHaveLength(1);
    expect((await listParts(db, round.campaign)).map((part) => part.round)).toEqual([0, 1]);
    expect(await listRounds(db, round.campaign)).toMatchObject([{ round: 1, stopped: null }]);
  });

  it('are stopped or gone on with, not both', async () => {
    for (let race = 0; race < 5; race += 1) {
      const round = await completeRound();
      const [opened] = await Promise.all([
        openRound(db, round, SECOND),
        stopRounds(db, round, 'enough'),
      ]);
      const [now] = await listRounds(db, round.campaign);
      expect(now).toMatchObject(
        opened ? { round: 1, stopped: null } : { round: 0, stopped: 'enough' },
      );
      expect(await listParts(db, round.campaign)).toHaveLength(opened ? 2 : 1);
    }
  });

  it('of a campaign that has ended are not begun', async () => {
    const round = await completeRound();
    await cancelCampaign(db, round.campaign);
    expect(await openRound(db, round, SECOND)).toBe(false);
    expect(await listParts(db, round.campaign)).toHaveLength(1);
  });
});
