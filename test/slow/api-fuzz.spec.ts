/**
 * The control plane as a process, asked whatever can be made from its own description, valid and mutated: every status it answers
 * is in that description, none says that the service failed, none comes late, and its memory has an end.
 *
 *   npm run fuzz:api                              25,000 requests
 *   FUZZ_API_SEED=7 FUZZ_API_REQUESTS=500 ...     so many, the same every time
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { problemSchema } from '@lastref/contracts';
import { Database } from '@lastref/storage';
import fc from 'fast-check';
import { freePort } from '../../tools/servers/ports.mjs';
import {
  createTestDatabase,
  type TestDatabase,
  testQueuePrefix,
  testRedisUrl,
} from '../support/database.js';
import { Vocabulary } from '../support/fuzz/known.js';
import { type Asked, type Description, requestsOf } from '../support/fuzz/requests.js';
import { type Answer, send, type Target } from '../support/fuzz/send.js';
import { type Keeper, startKeeper } from '../support/keeper.mjs';
import { orderedProgram, realProgram, storeReal } from '../support/real-program.js';
import { sampleBugs } from '../support/sample-bugs.js';
import { type StartProcess, startProcess } from '../support/start-process.js';

const ROOT = join(__dirname, '..', '..');
const FILE = join(ROOT, 'apps', 'control-plane', 'openapi.json');
const ENTRY = join(ROOT, 'apps', 'control-plane', 'dist', 'main.js');

const REQUESTS = Number(process.env['FUZZ_API_REQUESTS'] ?? 2_000);
const SEED = Number(process.env['FUZZ_API_SEED'] ?? Date.now() % 2 ** 31);
const LATE_MS = 2_000;
const MEMORY_MIB = 768;
const LOOK_EVERY = 50;

/** Of the start itself: requests make tokens and take them away, and none may lock the fuzz out. */
const TOKEN = `lrt_${'f'.repeat(43)}`;
const NO_LIMITS = Object.fromEntries(
  ['PROGRAMS_PER_MINUTE', 'CAMPAIGNS_PER_MINUTE', 'REPLAYS_PER_MINUTE', 'OPERATIONS_PER_MINUTE']
    .concat(['PROGRAMS_PER_DAY', 'CAMPAIGNS_PER_DAY'])
    .map((name) => [`LASTREF_${name}`, '0']),
);

const description = JSON.parse(readFileSync(FILE, 'utf8')) as Description;
const WORDS = ['nbd/buggy/main', 'devmem/buggy/main', 'rw/1', 'portfolio', 'nbd', 'buggy', 'main'];

let server: TestDatabase;
let keeper: Keeper;
let service: StartProcess;
let target: Target;

beforeAll(async () => {
  keeper = startKeeper();
  server = await createTestDatabase();
  const db = await Database.open({ url: server.url });
  for (const program of [realProgram(), orderedProgram()]) await storeReal(db, program);
  await sampleBugs(db, 'disk');
  await db.close();
  const port = await freePort();
  service = startProcess(
    {
      NODE_ENV: 'test',
      DATABASE_URL: server.url,
      REDIS_URL: testRedisUrl(),
      LASTREF_QUEUE_PREFIX: testQueuePrefix(),
      LASTREF_PORT: String(port),
      LASTREF_LOG_LEVEL: 'error',
      LASTREF_START_TOKEN: TOKEN,
      ...NO_LIMITS,
    },
    keeper,
    ENTRY,
  );
  await service.says('"listening"');
  target = {
    url: new URL(`http://127.0.0.1:${port}`),
    agent: new Agent({ keepAlive: true }),
    vocabulary: new Vocabulary(WORDS),
    headers: { authorization: `Bearer ${TOKEN}` },
  };
}, 120_000);

afterAll(async () => {
  target.agent.destroy();
  await service.stop('SIGTERM');
  await keeper.close();
  await server.drop();
}, 60_000);

function memoryMib(): number {
  const kib = execFileSync('ps', ['-o', 'rss=', '-p', String(service.pid)], { encoding: 'utf8' });
  return Number(kib) / 1_024;
}

/** What is wrong with an answer; nothing if it is as described. */
function faultOf(asked: Asked, { status, type, text }: Answer): string | undefined {
  const operation = description.paths[asked.path]?.[asked.method.toLowerCase()];
  const described = Object.keys(operation?.responses ?? {});
  if (status === 500 || (status > 500 && status !== 503)) return 'the service failed';
  if (asked.instead === undefined && !described.includes(String(status))) {
    return `the description has only ${described.join(', ')}`;
  }
  if (status < 400) return undefined;
  if (!type.startsWith('application/problem+json')) return `a refusal of type ${type}`;
  const problem = problemSchema.safeParse(JSON.parse(text));
  if (!problem.success) return 'no problem as described';
  return problem.data.status === status ? undefined : 'a problem of another status';
}

/** One that came late by accident, on a machine that is busy, does not twice. */
async function ask(asked: Asked): Promise<Answer> {
  const answer = await send(asked, target);
  return answer.ms <= LATE_MS ? answer : send(asked, target);
}

it(`answers ${REQUESTS} requests as its description says (seed ${SEED})`, async () => {
  const before = memoryMib();
  const seen = {
    requests: 0,
    slowestMs: 0,
    memoryMib: before,
    statuses: new Map<number, number>(),
  };
  const reached = new Set<string>();
  await fc.assert(
    fc.asyncProperty(requestsOf(description), async (asked) => {
      const answer = await ask(asked);
      seen.requests += 1;
      seen.slowestMs = Math.max(seen.slowestMs, answer.ms);
      seen.statuses.set(answer.status, (seen.statuses.get(answer.status) ?? 0) + 1);
      if (seen.requests % LOOK_EVERY === 0) seen.memoryMib = Math.max(seen.memoryMib, memoryMib());
      if (answer.status < 300) {
        reached.add(`${asked.method} ${asked.path}`);
        if (answer.type.startsWith('application/json')) {
          target.vocabulary.learn(JSON.parse(answer.text));
        }
      }
      const fault = faultOf(asked, answer);
      if (fault !== undefined) throw new Error(`${answer.status}: ${fault}\n${answer.text}`);
      if (answer.ms > LATE_MS) throw new Error(`answered after ${Math.round(answer.ms)} ms, twice`);
    }),
    { numRuns: REQUESTS, seed: SEED, endOnFailure: false },
  );
  const statuses = [...seen.statuses].sort(([a], [b]) => a - b).map(([s, n]) => `${s}: ${n}`);
  process.stdout.write(
    `${seen.requests} requests, seed ${SEED}: slowest ${Math.round(seen.slowestMs)} ms, memory ` +
      `${Math.round(before)} to at most ${Math.round(seen.memoryMib)} MiB; ${statuses.join(', ')}; ` +
      `${reached.size} operations done\n`,
  );
  expect(seen.memoryMib).toBeLessThan(MEMORY_MIB);
  // A fuzz that is refused everywhere would find nothing.
  expect(reached.size).toBeGreaterThan(Object.keys(description.paths).length / 2);
}, 3_600_000);
