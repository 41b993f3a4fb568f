/**
 * Every crash point counts once: after whatever died, the campaign ends with the ledger the engine gives
 * for the same seeds in one go.
 */
import { addEndpoint, announce } from '@lastref/storage';
import { Redis } from 'ioredis';
import { Cluster, expectedLedger } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';
import { startOwnRedis } from '../support/own-redis.js';
import { startReceiver } from '../support/receiver.js';

const LIMIT_MS = 60_000;
const SHARD = 2_000;
const SMALL_SHARD = 500;

describe('a campaign ends with the ledger of an undisturbed run', () => {
  let cluster: Cluster;

  beforeEach(async () => {
    cluster = await Cluster.open();
  });

  afterEach(() => cluster.close(), LIMIT_MS);

  async function expectLedger(campaign: number): Promise<void> {
    const { state, ledgerDigest } = await cluster.ended(campaign);
    expect({ state, ledgerDigest }).toEqual({ state: 'done', ledgerDigest: expectedLedger() });
  }

  it(
    'when the control plane dies between queueing rows and adding their jobs',
    async () => {
      const campaign = await cluster.campaign(SHARD);
      await cluster.worker();
      const dying = await cluster.controlPlane('feeder-before-add');
      expect(await dying.ended).toBe('SIGKILL');
      await cluster.controlPlane();
      await expectLedger(campaign);
    },
    LIMIT_MS,
  );

  it.each(['worker-after-claim', 'worker-after-commit'] as const)(
    'when a worker dies: %s',
    async (failpoint) => {
      const campaign = await cluster.campaign(SHARD);
      await cluster.controlPlane();
      const dying = await cluster.worker(failpoint);
      expect(await dying.ended).toBe('SIGKILL');
      await cluster.worker();
      await expectLedger(campaign);
    },
    LIMIT_MS,
  );

  it.each(['commit-unsent', 'commit-unread'] as const)(
    'when COMMIT loses its answer: %s',
    async (failpoint) => {
      const campaign = await cluster.campaign(SHARD);
      await cluster.controlPlane();
      await cluster.worker(failpoint);
      await expectLedger(campaign);
    },
    LIMIT_MS,
  );

  it(
    'when a worker is killed in the middle and another takes over',
    async () => {
      const campaign = await cluster.campaign(SMALL_SHARD);
      await cluster.controlPlane();
      const killed = await cluster.worker();
      expect((await cluster.shardsDone(campaign, 3)).state).toBe('running');
      expect(await killed.stop('SIGKILL')).toBe('SIGKILL');
      await cluster.worker();
      await expectLedger(campaign);
    },
    LIMIT_MS,
  );
});

it(
  'a campaign survives the loss of everything in Redis',
  async () => {
    const redis = await startOwnRedis();
    const cluster = await Cluster.open(redis.url);
    const client = new Redis(redis.url);
    try {
      const campaign = await cluster.campaign(SMALL_SHARD);
      await cluster.controlPlane();
      await cluster.worker();
      for (const done of [3, 20]) {
        expect((await cluster.shardsDone(campaign, done)).state).toBe('running');
        await client.flushall();
      }
      const { ledgerDigest } = await cluster.ended(campaign);
      expect(ledgerDigest).toBe(expectedLedger());
    } finally {
      client.disconnect();
      await cluster.close();
      await redis.stop();
    }
  },
  LIMIT_MS,
);

it(
  'a message that was sent when its sender died is sent again, with the same id',
  async () => {
    const receiver = await startReceiver();
    const cluster = await Cluster.open();
    try {
      const { db } = cluster;
      const { url } = receiver;
      const secret = `whsec_${Buffer.alloc(32, 'key').toString('base64')}`;
      const endpoint = { name: 'team', format: 'webhook', url, secret } as const;
      await addEndpoint(db, { ...endpoint, kinds: ['canary'] });
      await announce(db, { kind: 'canary', subject: 'night 1', detail: 'it did not fail' });
      const dying = await cluster.controlPlane('notify-before-mark');
      expect(await dying.ended).toBe('SIGKILL');
      expect(receiver.received).toHaveLength(1);
      const states = (): Promise<unknown> =>
        db.query(`SELECT state::text, attempts FROM notification`);
      expect(await states()).toEqual([{ state: 'waiting', attempts: 1 }]);
      await db.query(`UPDATE notification SET due_at = now()`);
      await cluster.controlPlane();
      await eventually(() => Promise.resolve(receiver.received.length === 2));
      const [first, second] = receiver.received.map(({ headers }) => headers['webhook-id']);
      expect(first).toEqual(expect.any(String));
      expect(second).toBe(first);
    } finally {
      await cluster.close();
      await receiver.close();
    }
  },
  LIMIT_MS,
);
