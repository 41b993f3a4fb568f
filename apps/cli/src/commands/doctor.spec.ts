import type { Check } from '@lastref/contracts';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { lastref, lastrefJson } from '../in-process.fixture.js';
import { lookAtMachine } from '../service/machine.js';

let api: TestApi;
let serviceUrl: string;

beforeAll(async () => {
  api = await startTestApi();
  serviceUrl = await api.app.getUrl();
});

afterAll(async () => {
  await api.close();
});

const faults = (json: unknown): string[] =>
  (json as { checks: Check[] }).checks
    .filter(({ state }) => state === 'fault')
    .map(({ name }) => name);

describe('doctor', () => {
  it('finds no fault in a service that waits for work, and says what it would rather have', async () => {
    const { exit, out } = await lastref(['doctor', '--no-machine'], { serviceUrl });
    expect(out).toContain(`ok       service: ${serviceUrl} answers, API 1.`);
    expect(out).toContain('warning  workers: 0 alive with 0 threads');
    expect(out).toMatch(/-> Start one: npm start does/);
    expect(out).toContain(`${serviceUrl}: no fault, 2 warnings`);
    expect(exit).toBe(0);
  });

  it('names what is wrong with the work, with exit code 1', async () => {
    await api.database.query(
      `INSERT INTO worker (id, host, pid, threads, semantics, version)
       VALUES (gen_random_uuid(), 'h', 1, 1, '{2}', '0.1.0'), (gen_random_uuid(), 'h', 2, 1, '{2}', '0.2.0')`,
    );
    await api.database.query(`UPDATE _prisma_migrations SET finished_at = NULL
      WHERE migration_name LIKE '%_trace_parent'`);
    const { exit, json } = await lastrefJson(['doctor', '--no-machine'], { serviceUrl });
    expect([exit, faults(json)]).toEqual([1, ['schema']]);
  });

  it('says where no service answers, and looks at the machine nevertheless', async () => {
    const { exit, json } = await lastrefJson(['doctor'], { serviceUrl: 'http://127.0.0.1:9' });
    expect(exit).toBe(1);
    expect(faults(json)).toContain('service');
    expect((json as { checks: Check[] }).checks.map(({ name }) => name)).toContain('disk');
  });

  it('refuses what is no address', async () => {
    expect(await lastref(['doctor', '--url', 'here'])).toMatchObject({ exit: 2 });
  });
});

describe('a service of another kind', () => {
  let server: Server;
  let answerWith: { status: number; body: unknown };

  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.statusCode = answerWith.status;
      response.end(JSON.stringify(answerWith.body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
  });

  it.each<[string, number, unknown, string]>([
    ['of another major version', 200, { version: '2.0.0', checks: [] }, 'speaks version 1'],
    ['that knows of no checks', 404, {}, 'older than this command'],
    ['that fails', 500, {}, 'Start it'],
  ])('%s is told of', async (_, status, body, advice) => {
    answerWith = { status, body };
    const { port } = server.address() as AddressInfo;
    const words = ['doctor', '--no-machine', '--url', `http://127.0.0.1:${port}`];
    const { exit, out } = await lastref(words);
    expect(exit).toBe(1);
    expect(out).toContain(advice);
  });
});

describe('the look at the machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lastref-doctor-'));
  const signal = new AbortController().signal;

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('is left out where there is no clone, and told of where it fails', async () => {
    expect(await lookAtMachine(signal, join(folder, 'none.mjs'))).toEqual([]);
    const script = join(folder, 'broken.mjs');
    writeFileSync(script, 'process.stdout.write("[{}]")');
    const [check] = await lookAtMachine(signal, script);
    expect(check).toMatchObject({ name: 'machine', state: 'fault' });
  });
});
