/** A start whose services are killed under it: it outlives them all, its own database too, and brings them back. */
import pg from 'pg';
import { join } from 'node:path';
import { readSettings } from '../../tools/data/settings.mjs';
import { isAlive, type ProcessIdentity, sendSignal } from '../../tools/processes/identity.mjs';
import { freePort } from '../../tools/servers/ports.mjs';
import { applicationUrl } from '../../tools/servers/postgres.mjs';
import { eventually } from '../support/eventually.js';
import { startKeeper } from '../support/keeper.mjs';
import {
  livingAmong,
  registeredProcesses,
  type StartProcess,
  startProcess,
} from '../support/start-process.js';
import { makeTempFolder } from '../support/temp-folder.mjs';
import { throwawayRedisBinary } from '../support/throwaway.mjs';

const LIMIT_MS = 180_000;
const SERVICES = ['control-plane', 'postgres', 'redis', 'worker'];

const keeper = startKeeper();
const data = makeTempFolder('faults');
keeper.folder(data);
let url: string;
let start: StartProcess;

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const environment = {
    LASTREF_DATA: data,
    LASTREF_PORT: String(port),
    REDIS_SERVER: await throwawayRedisBinary(),
  };
  start = startProcess(environment, keeper);
  await start.says(`Lastref is running: ${url}`);
}, LIMIT_MS);

afterAll(() => keeper.close(), LIMIT_MS);

function registered(name: string): ProcessIdentity {
  const identity = registeredProcesses(data).get(name);
  if (identity === undefined) throw new Error(`${name} is not registered`);
  return identity;
}

/** The next process of that name, once it is registered. */
function successorOf(name: string, before: ProcessIdentity): Promise<ProcessIdentity> {
  return eventually(() => {
    const now = registeredProcesses(data).get(name);
    return Promise.resolve(now !== undefined && now.pid !== before.pid && now);
  });
}

const get = (path: string): Promise<Response | undefined> =>
  fetch(`${url}${path}`).catch(() => undefined);

/** Everything runs and answers, and a worker lives by the database's clock. */
async function isWell(): Promise<void> {
  await eventually(
    async () =>
      livingAmong(registeredProcesses(data)).length === SERVICES.length &&
      (await get('/api/v1/health/ready'))?.status === 200,
  );
}

async function connect(): Promise<pg.Client> {
  const settings = readSettings(join(data, 'lastref.json'));
  if (settings === undefined) throw new Error(`there are no settings in ${data}`);
  const client = new pg.Client({ connectionString: applicationUrl(settings.postgres) });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

it.each(SERVICES)(
  'brings %s back, also when its successor dies while it is being started',
  async (name) => {
    const first = registered(name);
    sendSignal(first, 'SIGKILL');
    const second = await successorOf(name, first);
    sendSignal(second, 'SIGKILL');
    await successorOf(name, second);
    await isWell();
  },
  LIMIT_MS,
);

it(
  'brings PostgreSQL back although one of its sessions computes on without it',
  async () => {
    const client = await connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const endless = `SELECT count(*) FROM generate_series(1, 4000000000) a WHERE md5(a::text) = 'x'`;
    client.query(endless).catch(() => undefined);
    const other = await connect();
    await eventually(async () => {
      const active = `SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND query LIKE '%md5(a%'`;
      return ((await other.query(active, [rows[0]?.pid])).rowCount ?? 0) > 0;
    });
    const first = registered('postgres');
    sendSignal(first, 'SIGKILL');
    await successorOf('postgres', first);
    await isWell();
    expect((await (await connect()).query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  },
  LIMIT_MS,
);

it(
  'still stops in order',
  async () => {
    const processes = registeredProcesses(data);
    expect(await start.stop('SIGINT')).toBe(0);
    expect([...processes.values()].filter(isAlive)).toEqual([]);
  },
  LIMIT_MS,
);
