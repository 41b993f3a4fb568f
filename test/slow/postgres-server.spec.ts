/** Our own PostgreSQL: who may log in as what, what its log tells, and a start on what a killed one has left. */
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { isAlive, identify, sendSignal } from '../../tools/processes/identity.mjs';
import { ensureApplication } from '../../tools/servers/postgres-application.mjs';
import { scramVerifier } from '../../tools/servers/scram.mjs';
import {
  applicationUrl,
  type PostgresOptions,
  type RunningPostgres,
  startPostgres,
  stopPostgres,
} from '../../tools/servers/postgres.mjs';
import { eventually } from '../support/eventually.js';
import { type Keeper, startKeeper } from '../support/keeper.mjs';
import { makeTempFolder } from '../support/temp-folder.mjs';
import { throwawayPostgresOptions } from '../support/throwaway.mjs';

let keeper: Keeper;
let options: PostgresOptions;
let running: RunningPostgres;

beforeEach(async () => {
  keeper = startKeeper();
  const folder = makeTempFolder('own');
  keeper.folder(folder);
  options = await throwawayPostgresOptions(folder, keeper);
});

afterEach(() => keeper.close(), 60_000);

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

const as = (user: string, password: string): string =>
  `postgresql://${user}:${password}@127.0.0.1:${options.port}/postgres`;

async function mayLogIn(user: string, password: string): Promise<boolean> {
  try {
    await (await connect(as(user, password))).end();
    return true;
  } catch {
    return false;
  }
}

const rights = async (): Promise<boolean[]> => [
  await mayLogIn('lastref', options.password),
  await mayLogIn('postgres', options.password),
  await mayLogIn('postgres', options.superuserPassword),
];

describe('the superuser', () => {
  it('has a password that the application has not', async () => {
    running = await startPostgres(options);
    expect(await rights()).toEqual([true, false, true]);
  });

  it('gets one in a data folder from when both had the same', async () => {
    running = await startPostgres({ ...options, superuserPassword: options.password });
    await stopPostgres(running.identity);
    running = await startPostgres(options);
    expect(await rights()).toEqual([true, false, true]);
  });
});

it('a password as PostgreSQL stores it is what PostgreSQL itself would compute', () => {
  // RFC 7677, section 3.
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
  expect(scramVerifier('pencil', salt)).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  );
});

it('a session that ends while it sets the role is an error to handle, and nothing secret is logged', async () => {
  running = await startPostgres(options);
  const blocker = await connect(as('postgres', options.superuserPassword));
  await blocker.query('BEGIN');
  await blocker.query('ALTER ROLE lastref CREATEDB');
  const setting = ensureApplication({
    ...options,
    urlOf: (user, password) => as(user, password),
  });
  const failed = expect(setting).rejects.toThrow();
  // On a connection of its own: what is looked at inside a transaction stays as it was first seen.
  const observer = await connect(as('postgres', options.superuserPassword));
  const [waiting] = await eventually(async () => {
    const { rows } = await observer.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE query LIKE 'ALTER ROLE%' AND state = 'active' AND pid <> pg_backend_pid()`,
    );
    return rows.length > 0 && rows;
  });
  await observer.query('SELECT pg_terminate_backend($1)', [waiting?.pid]);
  await failed;
  await observer.end();
  await blocker.end();
  const log = readFileSync(options.log, 'utf8');
  expect(log).toContain('terminating connection due to administrator command');
  expect(log).not.toContain(options.password);
  expect(log).not.toContain('SCRAM-SHA-256$');
}, 60_000);

it('starts again although a backend of a killed one still computes', async () => {
  running = await startPostgres(options);
  const client = await connect(applicationUrl(options));
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const backend = identify(rows[0]?.pid ?? 0);
  if (backend === undefined) throw new Error('the backend has ended');
  const endless = `SELECT count(*) FROM generate_series(1, 4000000000) a WHERE md5(a::text) = 'x'`;
  client.query(endless).catch(() => undefined);
  const other = await connect(applicationUrl(options));
  await eventually(async () => {
    const active = await other.query(
      `SELECT 1 FROM pg_stat_activity WHERE query LIKE '%md5(a%' AND state = 'active' AND pid = $1`,
      [backend.pid],
    );
    return active.rowCount === 1;
  });
  sendSignal(running.identity, 'SIGKILL');
  await running.exited;
  expect(isAlive(backend)).toBe(true);
  running = await startPostgres(options);
  expect(isAlive(backend)).toBe(false);
  const again = await connect(running.url);
  expect((await again.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await again.end();
}, 60_000);
