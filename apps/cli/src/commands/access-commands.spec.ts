/** Tokens, the audit trail and notifications by the command line, against the real control plane. */
import { ACCESS_TOKEN } from '@lastref/contracts';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { eventually } from '../../../../test/support/eventually.js';
import { type Receiver, startReceiver } from '../../../../test/support/receiver.js';
import { lastref, lastrefJson, type Ran } from '../in-process.fixture.js';

let api: TestApi;
let receiver: Receiver;
let serviceUrl: string;
let databaseUrl: string;
let folder: string;
let admin: string;

beforeAll(async () => {
  api = await startTestApi({ LASTREF_SWEEP_MS: '20' });
  receiver = await startReceiver();
  const { port } = api.app.getHttpServer().address() as AddressInfo;
  serviceUrl = `http://127.0.0.1:${port}`;
  const [row] = await api.database.query<{ name: string }>('SELECT current_database() AS name');
  const url = new URL(process.env['LASTREF_TEST_DATABASE_URL'] ?? '');
  url.pathname = `/${row?.name ?? ''}`;
  databaseUrl = url.href;
  folder = mkdtempSync(join(tmpdir(), 'lastref-token-'));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await receiver.close();
  await api.close();
});

const run = (words: string, setting: object = {}): Promise<Ran> =>
  lastref(words.split(' '), { serviceUrl, token: admin, ...setting });

describe('token', () => {
  it('add makes the first one straight in the database', async () => {
    const early = await run('token add ci --scope write --database', { databaseUrl });
    expect(early).toMatchObject({ exit: 2, out: '' });
    expect(early.err).toContain('the first token must have --scope admin');
    const { exit, out, err } = await run('token add root --scope admin --database', {
      databaseUrl,
    });
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    admin = out.trim();
    expect(admin).toMatch(ACCESS_TOKEN);
  });

  it('add without a database says what to do, and never prints its password', async () => {
    expect((await run('token add x --scope read --database')).err).toContain('set DATABASE_URL');
    const away = { databaseUrl: 'postgresql://u:hunter2@127.0.0.1:9/x' };
    const { exit, err } = await run('token add x --scope read --database', away);
    expect(exit).toBe(3);
    expect(err).not.toContain('hunter2');
  });

  it('is taken from LASTREF_TOKEN, or from a file before it', async () => {
    expect((await run('campaign list')).exit).toBe(0);
    const none = await run('campaign list', { token: undefined });
    expect(none.exit).toBe(2);
    expect(none.err).toContain('$LASTREF_TOKEN or --token-file');
    const file = join(folder, 'token');
    writeFileSync(file, `${admin}\n`);
    chmodSync(file, 0o600);
    const wrong = admin.slice(0, -3) + 'abc';
    expect((await run('campaign list', { token: wrong })).err).toContain('is not valid');
    expect((await run(`campaign list --token-file ${file}`, { token: wrong })).exit).toBe(0);
    expect((await run(`--token-file ${file} campaign list`, { token: undefined })).exit).toBe(0);
    const missing = await run(`campaign list --token-file ${join(folder, 'none')}`);
    expect(missing).toMatchObject({ exit: 3 });
    const other = await run('campaign list', { token: 'hunter2' });
    expect(other.err).toContain('LASTREF_TOKEN holds no access token');
    expect(other.err).not.toContain('hunter2');
  });

  it('is not sent unencrypted to another machine without a word', async () => {
    const beyond = serviceUrl.replace('127.0.0.1', '0.0.0.0');
    expect((await run('campaign list', { serviceUrl: beyond })).err).toContain('unencrypted');
    expect((await run('campaign list')).err).toBe('');
  });

  it('add, list and revoke at the service', async () => {
    const { json, exit } = await lastrefJson('token add ci --scope write --days 9'.split(' '), {
      serviceUrl,
      token: admin,
    });
    const made = json as { id: number; token: string };
    expect(exit).toBe(0);
    const list = await run('token list');
    expect(list.out).toMatch(/ci +write +lrt_/);
    expect(list.out).not.toContain(made.token);
    expect((await run('token list', { token: made.token })).err).toContain('does not allow this');
    expect((await run(`token revoke ${made.id}`)).out).toBe(`token ${made.id} (ci) is revoked\n`);
    expect((await run('campaign list', { token: made.token })).exit).toBe(2);
    expect((await run('token list')).out).toMatch(/ci +write .* revoked \d{4}-/);
    expect((await run('token add x --scope everything')).err).toContain('read, write, admin');
  });
});

describe('audit', () => {
  it('lists who did what', async () => {
    const { out } = await run('audit');
    expect(out).toMatch(/token root +\S*127\.0\.0\.1 +201 +POST \/api\/v1\/tokens/);
  });
});

describe('notify', () => {
  it('adds, tests, lists and removes an endpoint', async () => {
    const added = await run(`notify add team ${receiver.url} --kinds incident,canary`);
    expect(added.exit).toBe(0);
    expect(added.out).toMatch(/^whsec_\S+\n$/);
    expect((await run('notify test team')).exit).toBe(0);
    await eventually(() => Promise.resolve(receiver.accepted().length === 1));
    await eventually(async () => (await run('notify messages')).out.includes('delivered'));
    const { out } = await run('notify list');
    expect(out).toMatch(
      /team +webhook +http:\/\/127\.0\.0\.1:\d+ +0 +0 +\d{4}-\S+ +incident,canary/,
    );
    expect(out).not.toContain('secret-in-address');
    expect((await run('notify messages --failed')).out).toBe('none\n');
    const [{ id } = { id: '' }] = await api.database.query<{ id: string }>(
      'SELECT id FROM notification',
    );
    expect((await run(`notify resend ${id}`)).err).toContain('has been delivered');
    expect((await run('notify remove tea')).err).toContain("no endpoint 'tea', but team");
    expect((await run('notify remove team')).out).toBe('team is removed\n');
    expect((await run('notify list')).out).toBe('nobody is told of anything\n');
  });

  it('add names what can be told', async () => {
    const { exit, err } = await run('notify add x http://127.0.0.1:9/ --kinds canary,all');
    expect(exit).toBe(2);
    expect(err).toContain("'all' is none of new-signature");
  });
});
