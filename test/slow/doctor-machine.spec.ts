import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { judgeMachine } from '../../tools/doctor/judge.mjs';
import { lookAround, type MachineFacts } from '../../tools/doctor/look.mjs';
import { identify } from '../../tools/processes/identity.mjs';
import { makeTempFolder } from '../support/temp-folder.mjs';

const well: MachineFacts = {
  node: { version: '20.20.2', wanted: '20.19.0' },
  data: {
    path: '/data',
    exists: true,
    settings: undefined,
    settingsMode: 0o100600,
    postgresMajor: 18,
  },
  holder: 7,
  processes: [{ name: 'worker', pid: 8, alive: true }],
  port: { number: 4747, free: false },
  ourPortOwner: true,
  disk: { path: '/data', freeBytes: 20 * 1024 ** 3 },
  logs: { bytes: 1, lastError: undefined },
};

const complaints = (facts: MachineFacts): string[] =>
  judgeMachine(facts)
    .filter(({ state }) => state !== 'ok')
    .map(({ name, state }) => `${state} ${name}`);

describe('a machine', () => {
  it('is well where it is', () => {
    expect(complaints(well)).toEqual([]);
  });

  it.each<[string, Partial<MachineFacts>]>([
    ['fault node', { node: { version: '18.20.0', wanted: '20.19.0' } }],
    ['fault disk', { disk: { path: '/data', freeBytes: 1024 ** 2 } }],
    ['fault data folder', { data: { ...well.data, settings: 'written by a newer Lastref.' } }],
    ['warning data folder', { data: { ...well.data, exists: false } }],
    ['fault secrets', { data: { ...well.data, settingsMode: 0o100644 } }],
    ['fault processes', { processes: [{ name: 'worker', pid: 8, alive: false }] }],
    ['fault port', { ourPortOwner: false }],
    ['warning logs', { logs: { bytes: 2 * 1024 ** 3, lastError: undefined } }],
  ])('has: %s', (name, change) => {
    expect(complaints({ ...well, ...change })).toEqual([name]);
  });

  it('has processes that a start left behind', () => {
    expect(complaints({ ...well, holder: undefined })).toEqual([
      'warning npm start',
      'fault processes',
    ]);
  });
});

describe('a look around', () => {
  const folder = makeTempFolder('doctor');
  const server = createServer();

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await new Promise((resolve) => server.close(resolve));
  });

  it('sees what is there, and what is wrong with it', async () => {
    const { port } = server.address() as AddressInfo;
    const env = { LASTREF_DATA: folder, LASTREF_PORT: String(port) };
    expect(complaints(await lookAround(env))).toEqual(['warning data folder', 'fault port']);
    const settings = JSON.stringify({ format: 99 });
    writeFileSync(join(folder, 'lastref.json'), settings, { mode: 0o644 });
    const dead = { ...identify(process.pid), pid: 2 ** 22 };
    const processes = [
      ['worker', dead],
      ['redis', identify(process.pid)],
    ];
    writeFileSync(join(folder, 'processes.json'), JSON.stringify(processes));
    mkdirSync(join(folder, 'logs'));
    const lines = ['{"level":30,"msg":"fine"}', '{"level":50,"msg":"the disk is full"}', ''];
    writeFileSync(join(folder, 'logs', 'worker.log'), lines.join('\n'));
    const facts = await lookAround(env);
    expect(complaints(facts)).toEqual([
      'fault data folder',
      'fault secrets',
      'warning npm start',
      'fault processes',
      'fault port',
    ]);
    expect(facts.logs.lastError).toContain('the disk is full');
  });

  it('asks for the port that the running service has, whatever this shell would start it on', async () => {
    const env = { LASTREF_DATA: folder, LASTREF_PORT: '4747' };
    const processes = [['control-plane', identify(process.pid)]];
    writeFileSync(join(folder, 'processes.json'), JSON.stringify(processes));
    writeFileSync(join(folder, 'running.json'), JSON.stringify({ url: 'http://127.0.0.1:4799' }));
    const facts = await lookAround(env);
    expect(facts).toMatchObject({ port: { number: 4799 }, ourPortOwner: true });
  });
});
