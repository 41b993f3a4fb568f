import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { readSettings } from '../../tools/data/settings.mjs';
import { freePort } from '../../tools/servers/ports.mjs';
import { applicationUrl } from '../../tools/servers/postgres.mjs';
import { startKeeper } from '../support/keeper.mjs';
import {
  livingAmong,
  registeredProcesses,
  startProcess,
  type StartProcess,
} from '../support/start-process.js';
import { makeTempFolder } from '../support/temp-folder.mjs';

const START_MS = 120_000;
const SERVICES = ['control-plane', 'postgres', 'redis', 'worker'];

describe('npm start', () => {
  const keeper = startKeeper();
  const data = makeTempFolder('start');
  keeper.folder(data);
  let port: number;
  let url: string;
  let begun: StartProcess[] = [];

  beforeAll(async () => {
    port = await freePort();
    url = `http://127.0.0.1:${port}`;
  });
  afterEach(async () => {
    await Promise.all(begun.map((start) => start.stop('SIGTERM')));
    begun = [];
  });
  afterAll(async () => {
    await keeper.close();
  });

  function begin(folder: string, more: Record<string, string> = {}): StartProcess {
    const environment = { LASTREF_DATA: folder, LASTREF_PORT: String(port), ...more };
    const start = startProcess(environment, keeper);
    begun.push(start);
    return start;
  }

  async function beginAndWait(): Promise<StartProcess> {
    const start = begin(data);
    await start.says(`Lastref is running: ${url}`);
    return start;
  }

  async function query(statement: string): Promise<unknown[]> {
    const settings = readSettings(join(data, 'lastref.json'));
    if (settings === undefined) throw new Error(`There are no settings in ${data}`);
    const client = new pg.Client({ connectionString: applicationUrl(settings.postgres) });
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(statement);
      return rows;
    } finally {
      await client.end();
    }
  }

  it(
    'makes everything in an empty data folder, and leaves no process after Ctrl-C',
    async () => {
      const start = await beginAndWait();
      expect((await fetch(`${url}/api/v1/health/ready`)).status).toBe(200);
      const processes = registeredProcesses(data);
      expect(livingAmong(processes).sort()).toEqual(SERVICES);
      expect(await start.stop('SIGINT')).toBe(0);
      expect(livingAmong(processes)).toEqual([]);
      expect(registeredProcesses(data).size).toBe(0);
    },
    START_MS,
  );

  it(
    'keeps the data from one start to the next',
    async () => {
      const first = await beginAndWait();
      await query('CREATE TABLE kept AS SELECT 7 AS id');
      await first.stop('SIGINT');
      await beginAndWait();
      expect(await query('SELECT id FROM kept')).toEqual([{ id: 7 }]);
    },
    START_MS,
  );

  it(
    'answers a start on a data folder in use with the URL of the running one',
    async () => {
      await beginAndWait();
      const second = begin(data);
      await second.says(`Lastref is already running: ${url}`);
      expect(await second.ended).toBe(0);
      expect(livingAmong(registeredProcesses(data)).sort()).toEqual(SERVICES);
    },
    START_MS,
  );

  it(
    'stops first what a killed start has left running',
    async () => {
      const killed = await beginAndWait();
      const left = registeredProcesses(data);
      await killed.stop('SIGKILL');
      expect(livingAmong(left).sort()).toEqual(SERVICES);
      await beginAndWait();
      expect(livingAmong(left)).toEqual([]);
    },
    START_MS,
  );

  it(
    'stops in order also while it is still starting',
    async () => {
      const start = begin(makeOldFolder({ major: undefined }));
      await start.says('Migrating the database');
      expect(await start.stop('SIGINT')).toBe(0);
    },
    START_MS,
  );

  it('refuses a server that was given and does not answer, before it waits for anything', async () => {
    const start = begin(data, { REDIS_URL: `redis://127.0.0.1:${port}` });
    await start.says(`REDIS_URL: connect ECONNREFUSED 127.0.0.1:${port}`);
    expect(await start.ended).toBe(3);
    expect(livingAmong(registeredProcesses(data))).toEqual([]);
  });

  it(
    'refuses a schema that is newer than the clone',
    async () => {
      const first = await beginAndWait();
      await query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
         VALUES ('newer', '', '99991231000000_from_the_future', now())`,
      );
      await first.stop('SIGINT');
      const start = begin(data);
      await start.says('newer schema than this clone');
      expect(await start.ended).toBe(3);
      expect(livingAmong(registeredProcesses(data))).toEqual([]);
    },
    START_MS,
  );

  it('refuses a data folder of another PostgreSQL major and says what to do', async () => {
    const start = begin(makeOldFolder({ major: 9 }));
    await start.says('was made with PostgreSQL 9');
    await start.says('npm run data:export');
    expect(await start.ended).toBe(3);
  });

  /** A data folder with the programs of the first one, so that nothing is fetched again. */
  function makeOldFolder({ major }: { major: number | undefined }): string {
    const folder = makeTempFolder('start-other');
    keeper.folder(folder);
    const programs = join(data, 'programs');
    cpSync(programs, join(folder, 'programs'), { recursive: true, verbatimSymlinks: true });
    if (major !== undefined) {
      mkdirSync(join(folder, 'postgres'));
      writeFileSync(join(folder, 'postgres', 'PG_VERSION'), `${major}\n`);
    }
    return folder;
  }
});
