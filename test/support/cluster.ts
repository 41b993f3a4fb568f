/**
 * A control plane and workers as processes of their own, on a database and a queue prefix of their own,
 * with short leases; and one campaign whose ledger is known beforehand from the engine itself. For the
 * tests that kill things: whatever happens in between, the campaign must end with that ledger.
 */
import { programDigest } from '@lastref/kernel';
import { allocate, ledgerDigest, planOf, PORTFOLIO, Sampler } from '@lastref/exploration';
import { compileAddress } from '@lastref/scenarios';
import {
  createCampaign,
  Database,
  type Failpoint,
  findCampaign,
  listIncidents,
  type StoredCampaign,
} from '@lastref/storage';
import { join } from 'node:path';
import {
  createTestDatabase,
  testQueuePrefix,
  testRedisUrl,
  type TestDatabase,
} from './database.js';
import { engineRounds, roundsLedger } from './engine-rounds.js';
import { eventually } from './eventually.js';
import { type Keeper, startKeeper } from './keeper.mjs';
import { storeReal } from './real-program.js';
import { startProcess, type StartProcess } from './start-process.js';

/** The rare deadlock of two tasks, and one that hangs under every other seed. */
const ADDRESSES = ['nbd/buggy/main', 'nbd/fixed/stays-open'] as const;

const STRATEGY = 'rw/1';
const SCHEDULES = 20_000;
const PORTFOLIO_PLAN = planOf(PORTFOLIO, 0, SCHEDULES);

const APPS = join(__dirname, '..', '..', 'apps');
const SHORT = {
  LASTREF_LEASE_MS: '1000',
  LASTREF_SWEEP_MS: '200',
  LASTREF_REQUEUE_MS: '500',
  LASTREF_FEED_MS: '50',
  LASTREF_PORT: '0',
  LASTREF_LOG_LEVEL: 'info',
  NODE_ENV: 'test',
};

let expected: string | undefined;

/** The ledger of the campaign, by samplers in this process. */
export function expectedLedger(): string {
  expected ??= ledgerDigest(
    ADDRESSES.map(compileAddress).map((program) => {
      const sampler = new Sampler(program, STRATEGY);
      sampler.run(0, SCHEDULES);
      return { program: programDigest(program), strategy: STRATEGY, totals: sampler.totals() };
    }),
  );
  return expected;
}

/** The ledger of the portfolio over the first of the programs. */
export function portfolioLedger(): string {
  const program = compileAddress(ADDRESSES[0]);
  return roundsLedger(program, engineRounds(program, PORTFOLIO_PLAN, { kind: 'count' }).rounds);
}

export class Cluster {
  private readonly keeper: Keeper = startKeeper();
  private readonly processes: StartProcess[] = [];

  private constructor(
    private readonly server: TestDatabase,
    readonly db: Database,
    private readonly environment: Record<string, string>,
  ) {}

  static async open(redisUrl = testRedisUrl()): Promise<Cluster> {
    const server = await createTestDatabase();
    const db = await Database.open({ url: server.url });
    return new Cluster(server, db, {
      ...SHORT,
      DATABASE_URL: server.url,
      REDIS_URL: redisUrl,
      LASTREF_QUEUE_PREFIX: testQueuePrefix(),
    });
  }

  async controlPlane(failpoint?: Failpoint): Promise<StartProcess> {
    const process = this.start('control-plane', failpoint);
    await process.says('"listening"');
    return process;
  }

  async worker(
    failpoint?: Failpoint,
    threads = 1,
    environment: Record<string, string> = {},
  ): Promise<StartProcess> {
    const process = this.start('worker', failpoint, threads, environment);
    await process.says('the worker is ready');
    return process;
  }

  async campaign(shardSize: number): Promise<number> {
    const programs: string[] = [];
    for (const address of ADDRESSES)
      programs.push(await storeReal(this.db, compileAddress(address)));
    const plan = { programs, strategy: STRATEGY, seedFrom: 0, schedules: SCHEDULES };
    const result = await createCampaign(this.db, { title: 'nbd', ...plan, shardSize });
    if (result.kind !== 'created') throw new Error(result.kind);
    return result.id;
  }

  async portfolio(shardSize: number): Promise<number> {
    const programs = [await storeReal(this.db, compileAddress(ADDRESSES[0]))];
    const { shares, seedFrom, schedules } = PORTFOLIO_PLAN;
    const first = allocate(0, [], PORTFOLIO_PLAN);
    const rounds = { stop: 'count', shares, first } as const;
    const plan = { programs, strategy: PORTFOLIO, seedFrom, schedules, shardSize, rounds };
    const result = await createCampaign(this.db, { title: 'portfolio', ...plan });
    if (result.kind !== 'created') throw new Error(result.kind);
    return result.id;
  }

  /** When at least this many shards are done. */
  shardsDone(campaign: number, least: number): Promise<StoredCampaign> {
    return eventually(async () => {
      const found = await findCampaign(this.db, campaign);
      return found !== null && found.shardsDone >= least && found;
    });
  }

  /** When it has ended. No incident may have been opened on the way. */
  async ended(campaign: number): Promise<StoredCampaign> {
    const found = await eventually(async () => {
      const row = await findCampaign(this.db, campaign);
      return row !== null && row.state !== 'running' && row;
    });
    const incidents = await listIncidents(this.db, { limit: 1 });
    if (incidents.length > 0) throw new Error(`incident: ${JSON.stringify(incidents)}`);
    return found;
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop('SIGTERM')));
    await this.keeper.close();
    await this.db.close();
    await this.server.drop();
  }

  private start(
    app: string,
    failpoint?: Failpoint,
    threads = 1,
    environment: Record<string, string> = {},
  ): StartProcess {
    const process = startProcess(
      {
        ...this.environment,
        ...environment,
        LASTREF_THREADS: String(threads),
        ...(failpoint === undefined ? {} : { LASTREF_FAILPOINT: failpoint }),
      },
      this.keeper,
      join(APPS, app, 'dist', 'main.js'),
    );
    this.processes.push(process);
    return process;
  }
}
