// What one row and one job take, measured: rows are written into a migrated PostgreSQL of its own and jobs into a Redis of its
// own, and both are asked for their sizes before and after. The figures of docs/planning.md are from here: node tools/sizes.mjs
import { shardSender } from '@lastref/queue';
import { Redis } from 'ioredis';
import pg from 'pg';
import { startKeeper } from '../test/support/keeper.mjs';
import { migrate } from '../test/support/migrate.mjs';
import { makeTempFolder } from '../test/support/temp-folder.mjs';
import { throwawayPostgresOptions, throwawayRedis } from '../test/support/throwaway.mjs';
import { startPostgres } from './servers/postgres.mjs';

const ROWS = 100_000;
const JOBS = 1_000;

const PREPARE = `
  INSERT INTO program (digest, address, scenario, variant, case_name, title, format, semantics, bytes)
  VALUES (repeat('a', 64), 'nbd/buggy/main', 'nbd', 'buggy', 'main', 't', 2, 2, '{}');
  INSERT INTO campaign (title, seed_from, schedules, strategy, stop) VALUES ('t', 0, 1, 'rw/1', '"count"');
  INSERT INTO campaign_part (campaign_id, program_id, strategy, seed_from, seed_next, seed_end)
  VALUES (1, 1, 'rw/1', 0, 0, 1);
  INSERT INTO signature (digest, text, kind, report) VALUES (repeat('b', 64), 'deadlock@a+b', 'deadlock', false);
  INSERT INTO bug (scenario, variant, signature_id) VALUES ('nbd', 'buggy', 1);
  INSERT INTO failure_group (program_id, strategy, signature_id, bug_id) VALUES (1, 'rw/1', 1, 1)`;

/** A shard that is done is a row, its one attempt and its result; a schedule of nbd has some 60 choices. */
const FILLS = {
  shard: [
    [
      'shard',
      `INSERT INTO shard (part_id, campaign_id, program_id, strategy, seed_from, count, state)
       SELECT 1, 1, 1, 'rw/1', i * 1024, 1024, 'done' FROM generate_series(1, $1) i`,
    ],
    [
      'shard_attempt',
      `INSERT INTO shard_attempt (shard_id, epoch, worker_id, outcome, ended_at)
       SELECT i, 1, gen_random_uuid(), 'done', now() FROM generate_series(1, $1) i`,
    ],
    [
      'shard_result',
      `INSERT INTO shard_result (shard_id, epoch, digest, schedules, elapsed_ms)
       SELECT i, 1, md5(i::text) || md5(i::text), 1024, 1000 FROM generate_series(1, $1) i`,
    ],
  ],
  failure: [
    [
      'failure',
      `INSERT INTO failure (group_id, seed, bug_id, program_id, schedule, trace_digest)
       SELECT 1, i, 1, 1, repeat('0123', 15), md5(i::text) || md5(i::text) FROM generate_series(1, $1) i`,
    ],
  ],
};

/** @param {pg.Client} client @param {string} table @returns {Promise<number>} with its indexes */
async function bytesOf(client, table) {
  /** @type {pg.QueryResult<{ bytes: string }>} */
  const { rows } = await client.query('SELECT pg_total_relation_size($1::regclass) AS bytes', [
    table,
  ]);
  return Number(rows[0]?.bytes);
}

/** @param {Redis} redis @returns {Promise<number>} */
async function usedBytes(redis) {
  return Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);
}

const keeper = startKeeper();
try {
  const folder = makeTempFolder('sizes');
  keeper.folder(folder);
  const postgres = await startPostgres(await throwawayPostgresOptions(folder, keeper));
  const { url } = await throwawayRedis(folder, keeper);
  await migrate(postgres.url);
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(PREPARE);
  for (const [what, fills] of Object.entries(FILLS)) {
    let sum = 0;
    for (const [table = '', insert = ''] of fills) {
      const before = await bytesOf(client, table);
      await client.query(insert, [ROWS]);
      const each = (await bytesOf(client, table)) - before;
      console.log(`${table}: ${Math.round(each / ROWS)} bytes a row, its indexes included`);
      sum += each;
    }
    console.log(`a ${what} in PostgreSQL: ${Math.round(sum / ROWS)} bytes`);
  }
  await client.end();

  const redis = new Redis(url);
  const sender = shardSender({ url, prefix: 'sizes' }, () => undefined);
  const job = {
    program: 'a'.repeat(64),
    address: 'nbd/buggy/main',
    strategy: 'rw/1',
    seedFrom: 2 ** 40,
    count: 1024,
    alone: false,
    again: false,
  };
  await sender.send([{ ...job, shard: 1, delivery: 1 }]);
  const before = await usedBytes(redis);
  await sender.send(
    Array.from({ length: JOBS }, (_, i) => ({ ...job, shard: i + 2, delivery: 1 })),
  );
  console.log(
    `a waiting job in Redis: ${Math.round(((await usedBytes(redis)) - before) / JOBS)} bytes`,
  );
  await sender.close();
  redis.disconnect();
} finally {
  await keeper.close();
}
