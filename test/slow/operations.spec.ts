/**
 * An operation counts once, with the certificate of the engine itself, whatever dies on the way: its control plane, its
 * worker, Redis, or the answer to COMMIT.
 */
import { type Search, searchSchema } from '@lastref/contracts';
import { prove } from '@lastref/exploration';
import { compileAddress } from '@lastref/scenarios';
import {
  cancelOperation,
  createOperation,
  findOperation,
  resumeOperation,
  type StoredOperation,
} from '@lastref/storage';
import { Redis } from 'ioredis';
import { Cluster } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';
import { startOwnRedis } from '../support/own-redis.js';
import { storeReal } from '../support/real-program.js';

const LIMIT_MS = 120_000;

/** A search of some seconds, so that there is a middle to die in. */
const LONG = 'whole-host/buggy/small';
const LONG_STATES = 150_000;
const SHORT = 'nbd/buggy/main';

type Found = StoredOperation & { result: string | null };

class Operations {
  constructor(readonly cluster: Cluster) {}

  async prove(address: string, maxStates: number): Promise<number> {
    const program = await storeReal(this.cluster.db, compileAddress(address));
    const work = { kind: 'prove', maxStates, symmetry: false, reduce: false } as const;
    const made = await createOperation(this.cluster.db, { program, work });
    if (made.kind !== 'created') throw new Error(made.kind);
    return made.id;
  }

  when(id: number, holds: (row: Found) => boolean): Promise<Found> {
    return eventually(async () => {
      const row = await findOperation(this.cluster.db, id);
      return row !== null && holds(row) && row;
    });
  }

  begun(id: number): Promise<Found> {
    return this.when(id, ({ state, progress }) => state === 'running' && progress > 0);
  }

  async epoch(id: number): Promise<number> {
    const where = { id };
    return (await this.cluster.db.prisma.operation.findUniqueOrThrow({ where })).epoch;
  }

  async searched(id: number): Promise<Search> {
    const ended = await this.when(id, ({ state }) => state === 'done' || state === 'failed');
    return searchSchema.parse(JSON.parse(ended.result ?? JSON.stringify(ended.messages)));
  }

  proofs(): Promise<number> {
    return this.cluster.db.prisma.proof.count();
  }
}

const known = new Map<string, Search>();

function byEngine(address: string, maxStates: number): Search {
  const found =
    known.get(address) ??
    searchSchema.parse(JSON.parse(JSON.stringify(prove(compileAddress(address), { maxStates }))));
  known.set(address, found);
  return found;
}

describe('a proof is that of the engine, once', () => {
  let cluster: Cluster;
  let operations: Operations;

  beforeEach(async () => {
    cluster = await Cluster.open();
    operations = new Operations(cluster);
  });

  afterEach(() => cluster.close(), LIMIT_MS);

  async function expectShort(id: number): Promise<void> {
    expect(await operations.searched(id)).toEqual(byEngine(SHORT, 5_000));
    expect(await operations.proofs()).toBe(1);
  }

  it(
    'when the control plane dies between marking rows as sent and adding their jobs',
    async () => {
      const id = await operations.prove(SHORT, 5_000);
      await cluster.worker();
      expect(await (await cluster.controlPlane('feeder-before-add')).ended).toBe('SIGKILL');
      await cluster.controlPlane();
      await expectShort(id);
    },
    LIMIT_MS,
  );

  it.each(['worker-after-claim', 'worker-after-commit'] as const)(
    'when a worker dies: %s',
    async (failpoint) => {
      const id = await operations.prove(SHORT, 5_000);
      await cluster.controlPlane();
      expect(await (await cluster.worker(failpoint)).ended).toBe('SIGKILL');
      await cluster.worker();
      await expectShort(id);
      const { messages } = await operations.when(id, () => true);
      // On a busy machine a lease as short as this one may be lost to a slow start beside.
      if (failpoint === 'worker-after-claim') expect(messages.length).toBeGreaterThan(0);
    },
    LIMIT_MS,
  );

  it.each(['commit-unsent', 'commit-unread'] as const)(
    'when COMMIT loses its answer: %s',
    async (failpoint) => {
      const id = await operations.prove(SHORT, 5_000);
      await cluster.controlPlane();
      await cluster.worker(failpoint);
      await expectShort(id);
    },
    LIMIT_MS,
  );

  it(
    'when a worker is killed in the middle, and when one is stopped in order',
    async () => {
      const id = await operations.prove(LONG, LONG_STATES);
      await cluster.controlPlane();
      const killed = await cluster.worker();
      await operations.begun(id);
      await killed.stop('SIGKILL');
      const dead = await operations.epoch(id);
      const stopped = await cluster.worker();
      // The dead worker's row says running, with progress, until its lease has ended.
      await eventually(async () => (await operations.epoch(id)) > dead);
      const { messages } = await operations.begun(id);
      expect(messages.length).toBeGreaterThan(0);
      expect(await stopped.stop('SIGTERM')).toBe(0);
      // Given back, and perhaps announced again by now.
      expect(['waiting', 'sent']).toContain((await operations.when(id, () => true)).state);
      await cluster.worker();
      expect(await operations.searched(id)).toEqual(byEngine(LONG, LONG_STATES));
      expect(await operations.proofs()).toBe(1);
    },
    LIMIT_MS,
  );

  it(
    'when it was cancelled in the middle and resumed',
    async () => {
      const id = await operations.prove(LONG, LONG_STATES);
      await cluster.controlPlane();
      await cluster.worker();
      await operations.begun(id);
      expect(await cancelOperation(cluster.db, id)).toBe(true);
      // The thread is free again long before the search would have been through.
      await expectShort(await operations.prove(SHORT, 5_000));
      expect((await operations.when(id, () => true)).state).toBe('cancelled');
      expect(await resumeOperation(cluster.db, id)).toBe(true);
      expect(await operations.searched(id)).toEqual(byEngine(LONG, LONG_STATES));
    },
    LIMIT_MS,
  );
});

it(
  'a proof survives the loss of everything in Redis',
  async () => {
    const redis = await startOwnRedis();
    const cluster = await Cluster.open(redis.url);
    const client = new Redis(redis.url);
    try {
      const operations = new Operations(cluster);
      await cluster.controlPlane();
      await cluster.worker();
      const id = await operations.prove(LONG, LONG_STATES);
      const waits = await operations.prove(SHORT, 5_000);
      await operations.begun(id);
      await client.flushall();
      expect(await operations.searched(id)).toEqual(byEngine(LONG, LONG_STATES));
      expect(await operations.searched(waits)).toEqual(byEngine(SHORT, 5_000));
      expect(await operations.proofs()).toBe(2);
    } finally {
      client.disconnect();
      await cluster.close();
      await redis.stop();
    }
  },
  LIMIT_MS,
);
