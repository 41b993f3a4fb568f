// A service of its own for a measurement: durable PostgreSQL and Redis, control plane, one worker with one thread, all in a
// temporary folder, started as `npm start` starts them and stopped by pid.
import { rmSync } from 'node:fs';
import { Redis } from 'ioredis';
import pg from 'pg';
import { makeTempFolder } from '../../test/support/temp-folder.mjs';
import { dataFolder, makeDataFolder } from '../../tools/data/folder.mjs';
import { ProcessRegistry } from '../../tools/processes/registry.mjs';
import { serverAccount } from '../../tools/servers/account.mjs';
import { freePort, LOOPBACK } from '../../tools/servers/ports.mjs';
import { onStopSignals } from '../../tools/start/stop-signals.mjs';
import { startUp } from '../../tools/start/start-up.mjs';
import { STOP_ORDER } from '../../tools/start/stop-order.mjs';
import { Supervisor } from '../../tools/start/supervisor.mjs';

const EXIT_INTERRUPTED = 130;

export async function startService() {
  for (const name of ['DATABASE_URL', 'REDIS_URL']) delete process.env[name];
  Object.assign(process.env, { LASTREF_THREADS: '1', LASTREF_LOG_LEVEL: 'warn' });
  const folder = dataFolder({ LASTREF_DATA: makeTempFolder('bench') });
  const account = serverAccount();
  makeDataFolder(folder, account);
  const say = (line) => process.stderr.write(`${line}\n`);
  const registry = new ProcessRegistry(folder.processes, STOP_ORDER);
  const supervisor = new Supervisor(registry, say, () => process.exit(1));
  const stop = async () => {
    await supervisor.stopAll();
    rmSync(folder.path, { recursive: true, force: true });
  };
  onStopSignals({
    first: () => void stop().then(() => process.exit(EXIT_INTERRUPTED)),
    second: () => supervisor.killAll(),
  });
  try {
    const port = await freePort();
    const address = { host: LOOPBACK, port, url: `http://${LOOPBACK}:${port}` };
    const env = await startUp({ folder, account, supervisor, address, say });
    return {
      url: address.url,
      stop,
      busy: (id) => busyOf(env, id),
      sizes: () => sizesOf(env),
      versions: () => versionsOf(env),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What there is of a shard, and what is kept of failures (at most 1,000 per strategy and signature), with their indexes. */
const SHARD_TABLES = ['shard', 'shard_attempt', 'shard_result'];
const FAILURE_TABLES = ['failure'];
const total = (tables) => tables.map((table) => `pg_total_relation_size('${table}')`).join(' + ');

/** Bytes that Redis uses and that the database takes, and the rows of shards in it. */
async function sizesOf({ DATABASE_URL, REDIS_URL }) {
  const info = await redis(REDIS_URL, (client) => client.info('memory'));
  const [row] = await rows(
    DATABASE_URL,
    `SELECT pg_database_size(current_database())::float8 AS database,
            (${total(SHARD_TABLES)})::float8 AS "ofShards", (${total(FAILURE_TABLES)})::float8 AS "ofFailures",
            (SELECT count(*) FROM shard)::int4 AS shards`,
  );
  return { redis: Number(/used_memory:([0-9]+)/.exec(info)?.[1]), ...row };
}

/** Seconds that the thread sampled for a campaign, as it says itself. */
async function busyOf({ DATABASE_URL }, campaign) {
  const text = `SELECT sum(r.elapsed_ms)::float8 / 1000 AS busy
                  FROM shard_result r JOIN shard s ON s.id = r.shard_id WHERE s.campaign_id = ${campaign}`;
  const [row] = await rows(DATABASE_URL, text);
  return row.busy;
}

async function versionsOf({ DATABASE_URL, REDIS_URL }) {
  const info = await redis(REDIS_URL, (client) => client.info('server'));
  const [row] = await rows(DATABASE_URL, `SELECT current_setting('server_version') AS version`);
  return { redis: /redis_version:(\S+)/.exec(info)?.[1], postgres: row.version };
}

async function redis(url, ask) {
  const client = new Redis(url);
  try {
    return await ask(client);
  } finally {
    client.disconnect();
  }
}

async function rows(connectionString, text) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
