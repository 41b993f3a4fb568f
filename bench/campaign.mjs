// What the service costs. (1) Schedules per second of a campaign through PostgreSQL, Redis and one worker thread, beside the
// same schedules in the command line on one thread: interleaved, each first in turn, medians. (2) What a large campaign leaves
// in Redis and in PostgreSQL. The clock of each is its own: the command line's without starting Node, the campaign's from its
// row until its end in the database. `busy` is the share of that in which the thread sampled, `waited` that in which anything
// on the machine waited for a processor: a round with much of it says nothing. Prints JSON; if it cannot measure, nothing but
// the reason as the last line of stderr.
//   node bench/campaign.mjs [--seconds 30] [--rounds 3] [--large 1000000000 [--shard-size n]] [--address nbd/buggy/main]
import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { watchPressure } from './campaign/pressure.mjs';
import { startService } from './campaign/service.mjs';

const CLI = fileURLToPath(new URL('../apps/cli/dist/main.js', import.meta.url));
const POLL_MS = 500;
const WARM_UP_SCHEDULES = 4_000_000;
const TRIAL_SCHEDULES = 30_000_000;
/** More than the best speed so far asks for, so that no round is shorter than it should be. */
const MARGIN = 1.05;
const MOST_OUTPUT = 2 ** 26;
const EXIT_ENVIRONMENT = 3;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    rounds: { type: 'string', default: '3' },
    large: { type: 'string', default: '1000000000' },
    'shard-size': { type: 'string' },
    address: { type: 'string', default: 'nbd/buggy/main' },
  },
});

/** A bug found is exit code 1 and no error here. */
async function lastref(...words) {
  const options = { maxBuffer: MOST_OUTPUT };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [CLI, ...words, '--json'],
    options,
  ).catch((error) => {
    if (error.stdout) return error;
    throw error;
  });
  return JSON.parse(stdout);
}

async function hunt(schedules) {
  const words = ['hunt', values.address, '-n', String(schedules), '--threads', '1', '--ledger'];
  const waited = watchPressure();
  const { elapsedMs, ledger } = await lastref(...words);
  return { rate: (schedules * 1000) / elapsedMs, ledger, waited: waited() };
}

async function campaign({ url, busy }, program, schedules, shardSize) {
  const body = JSON.stringify({ programs: [program], schedules, shardSize });
  const headers = { 'content-type': 'application/json' };
  const path = `${url}/api/v1/campaigns`;
  const waited = watchPressure();
  const made = await fetch(path, { method: 'POST', headers, body });
  if (made.status !== 201) throw new Error(await made.text());
  let { id, state, ...rest } = await made.json();
  while (state === 'running') {
    await pause(POLL_MS);
    ({ state, ...rest } = await (await fetch(`${path}/${id}`)).json());
  }
  if (state !== 'done') throw new Error(`campaign ${id} ended ${state}`);
  const seconds = (Date.parse(rest.finishedAt) - Date.parse(rest.createdAt)) / 1000;
  const { ledgerDigest: ledger, shards } = rest;
  const share = (await busy(id)) / seconds;
  return {
    rate: schedules / seconds,
    ledger,
    seconds,
    shards: shards.done,
    busy: share,
    waited: waited(),
  };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function roundOf(service, program, schedules, servedFirst) {
  const early = servedFirst ? await campaign(service, program, schedules) : undefined;
  const alone = await hunt(schedules);
  const served = early ?? (await campaign(service, program, schedules));
  return {
    schedules,
    alone: Math.round(alone.rate),
    served: Math.round(served.rate),
    ratio: Number((served.rate / alone.rate).toFixed(4)),
    shards: served.shards,
    busy: served.busy,
    waited: { alone: alone.waited, served: served.waited },
    ledgers: { alone: alone.ledger, served: served.ledger },
  };
}

async function compare(service, program) {
  await campaign(service, program, WARM_UP_SCHEDULES);
  let { rate } = await hunt(TRIAL_SCHEDULES);
  const rounds = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const schedules = Math.round(rate * Number(values.seconds) * MARGIN);
    rounds.push(await roundOf(service, program, schedules, round % 2 === 1));
    rate = Math.max(rate, rounds.at(-1).alone);
    const { alone, served, ratio, waited } = rounds.at(-1);
    const words = `round ${round + 1}: ${served} served, ${alone} alone, ${ratio}`;
    process.stderr.write(`${words}; waited for a processor ${JSON.stringify(waited)}\n`);
  }
  return { rounds, ratio: median(rounds.map(({ ratio }) => ratio)) };
}

const shardSize = values['shard-size'] === undefined ? undefined : Number(values['shard-size']);

async function large(service, program, schedules) {
  const before = await service.sizes();
  const { seconds, rate } = await campaign(service, program, schedules, shardSize);
  const after = await service.sizes();
  const shards = after.shards - before.shards;
  return {
    schedules,
    seconds: Math.round(seconds),
    rate: Math.round(rate),
    shards,
    redis: { before: before.redis, after: after.redis },
    database: { before: before.database, after: after.database },
    grownBy: {
      shards: after.ofShards - before.ofShards,
      failures: after.ofFailures - before.ofFailures,
    },
    bytesPerShard: Math.round((after.ofShards - before.ofShards) / shards),
  };
}

async function measure() {
  const service = await startService();
  try {
    const { programs } = await lastref('push', values.address, '--url', service.url);
    const program = programs[0].digest ?? programs[0].program;
    const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
    const versions = await service.versions();
    const result = { machine: { ...machine, ...versions }, address: values.address };
    if (Number(values.rounds) > 0) result.compared = await compare(service, program);
    if (Number(values.large) > 0) {
      result.large = await large(service, program, Number(values.large));
    }
    return result;
  } finally {
    await service.stop();
  }
}

try {
  const result = await measure();
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  const rounds = result.compared?.rounds ?? [];
  if (rounds.some(({ ledgers }) => ledgers.alone !== ledgers.served)) {
    process.stderr.write('the ledgers differ: no ratio means anything\n');
    process.exitCode = 1;
  }
} catch (error) {
  process.stderr.write(`not measured: ${error.message.split('\n')[0]}\n`);
  process.exitCode = EXIT_ENVIRONMENT;
}
