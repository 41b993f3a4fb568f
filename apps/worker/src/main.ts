/**
 * The worker's process: configuration, one line on standard error if anything is wrong with the start,
 * and an orderly stop on the first signal (the second ends it at once).
 */
import { SEMANTICS } from '@lastref/kernel';
import { installationPrefix } from '@lastref/queue';
import { Database, Failpoints, readInstallation } from '@lastref/storage';
import { inlineMore } from '@lastref/threads';
import { openTracing } from '@lastref/tracing';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { pino } from 'pino';
import { type Config, readConfig } from './config.js';
import { EXTRA_THREADS, SEARCH_THREADS } from './limits.js';
import { StallWatch } from './stall/stall-watch.js';
import { ThreadPool } from './threads/thread-pool.js';
import { Worker } from './worker.js';

inlineMore();

const VERSION = '0.1.0';

async function start(config: Config): Promise<void> {
  const id = randomUUID();
  const logger = pino({ level: config.logLevel, base: { service: 'worker', worker: id } });
  const db = await Database.open({
    url: config.databaseUrl,
    onConnectionError: (error) => {
      logger.warn({ err: error }, 'a database connection broke');
    },
  });
  const { threads, leaseMs, audited, searchBytes, stallMs, databaseUrl, tracesUrl } = config;
  const prefix = installationPrefix(config.redis.prefix, await readInstallation(db));
  const redis = { url: config.redis.url, prefix };
  const engine = new ThreadPool({
    exploring: threads,
    extra: EXTRA_THREADS,
    searching: SEARCH_THREADS,
  });
  const identity = {
    id,
    host: hostname(),
    pid: process.pid,
    threads,
    semantics: [SEMANTICS],
    version: VERSION,
  };
  const failpoints = new Failpoints(config.failpoint);
  const naming = { service: 'lastref-worker', version: VERSION, instance: id };
  const tracing = await openTracing({ url: tracesUrl, ...naming });
  const worker = new Worker({
    identity,
    db,
    redis,
    engine,
    leaseMs,
    audited,
    searchBytes,
    failpoints,
    logger,
    tracing,
  });
  const onStall = (message: string): void => {
    logger.fatal(message);
    fail(message);
  };
  const { activity } = worker;
  const stall = new StallWatch({ activity, redis, databaseUrl, stallMs, onStall });
  await worker.start();
  stall.start();
  logger.info({ threads }, 'the worker is ready');

  const stop = async (): Promise<void> => {
    await stall.stop();
    await worker.stop();
    await tracing.close();
    await db.close();
    logger.info('the worker has stopped');
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stop().catch((error: unknown) => {
        logger.error({ err: error }, 'stopping failed');
        process.exit(1);
      });
    });
  }
}

/** A refused connection to a name with several addresses has no message of its own, only a code. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  return 'code' in error ? String(error.code) : error.name;
}

function fail(message: string): void {
  process.stderr.write(`lastref worker: ${message.replaceAll('\n', ' ')}\n`);
  process.exit(1);
}

const result = readConfig(process.env);
if (result.ok) {
  await start(result.config).catch((error: unknown) => {
    fail(`cannot start: ${reasonOf(error)}`);
  });
} else {
  fail(result.message);
}
