/** One ledger, whatever the size of the shards and the number of threads; and its bugs are shrunk. */
import { listBugs } from '@lastref/storage';
import { Cluster, expectedLedger, portfolioLedger } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';

const LIMIT_MS = 60_000;

let cluster: Cluster;

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.controlPlane();
});

afterAll(() => cluster.close(), LIMIT_MS);

it.each([
  [1, 777],
  [1, 4_096],
  [2, 777],
  [2, 20_000],
])(
  'is the engine’s with %d threads and shards of %d',
  async (threads, shardSize) => {
    const worker = await cluster.worker(undefined, threads);
    const campaign = await cluster.campaign(shardSize);
    const { state, ledgerDigest } = await cluster.ended(campaign);
    expect({ state, ledgerDigest }).toEqual({ state: 'done', ledgerDigest: expectedLedger() });
    expect(await worker.stop('SIGTERM')).toBe(0);
  },
  LIMIT_MS,
);

it.each([
  [1, 777],
  [2, 20_000],
])(
  'of a portfolio is the engine’s with %d threads and shards of %d',
  async (threads, shardSize) => {
    const worker = await cluster.worker(undefined, threads);
    const campaign = await cluster.portfolio(shardSize);
    const { state, ledgerDigest } = await cluster.ended(campaign);
    expect({ state, ledgerDigest }).toEqual({ state: 'done', ledgerDigest: portfolioLedger() });
    expect(await worker.stop('SIGTERM')).toBe(0);
  },
  LIMIT_MS,
);

it(
  'comes with a minimal reproduction of every bug it met',
  async () => {
    await cluster.worker();
    const bugs = await eventually(async () => {
      const rows = await listBugs(cluster.db, { limit: 100 });
      return rows.every((bug) => bug.reproduction !== null) && rows;
    });
    expect(bugs.map((bug) => bug.kind).sort()).toEqual(['deadlock', 'hung-task', 'lock-order']);
    const grades = bugs.map((bug) => bug.reproduction?.grade);
    expect(new Set(grades)).toEqual(new Set(['minimum (proved)']));
  },
  LIMIT_MS,
);
