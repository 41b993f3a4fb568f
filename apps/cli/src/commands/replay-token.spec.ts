/** Where the program of a token may come from, against the real control plane. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatToken } from '@lastref/contracts';
import { replay } from '@lastref/exploration';
import { programDigest, programJson } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { lastref, lastrefJson } from '../in-process.fixture.js';

let api: TestApi;
let url: string;
let folder: string;
let file: string;

/** What nbd/buggy/main may have been before it was changed. */
const older = { ...compileAddress('nbd/buggy/main'), title: 'an older one' };
const run = { strategy: 'rw/1', seed: 3 };
const token = formatToken({ program: programDigest(older), ...run });
const replayed = replay(older, run);
const digest = replayed.ok ? replayed.trace.digest : '';

jest.setTimeout(30_000); // The first question compiles every program there is.

beforeAll(async () => {
  api = await startTestApi();
  url = `http://127.0.0.1:${(api.app.getHttpServer().address() as AddressInfo).port}`;
  await api.http.post('/api/v1/programs').send(older).expect(201);
  folder = await mkdtemp(join(tmpdir(), 'lastref-'));
  file = join(folder, 'older.json');
  await writeFile(file, programJson(older));
});

afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

const CHANGED = 'nbd/buggy/main has changed since';

describe('a token whose program has changed since', () => {
  it.each([
    ['a file', () => ['--program', file]],
    ['a service', () => ['--url', url]],
  ])('is replayed on the program of %s, and that is said', async (_, from) => {
    const { exit, json } = await lastrefJson(['replay', token, ...from()]);
    expect(json).toMatchObject({
      digest,
      expectation: null,
      note: expect.stringContaining(CHANGED) as string,
      replay: { token, command: expect.stringContaining(`replay ${token} ${from().join(' ')}`) },
    });
    expect(exit).toBe(0);
    expect((await lastref(['replay', token, ...from()])).out).toContain(CHANGED);
  });

  it('is refused in one line where nobody has it', async () => {
    const { exit, err } = await lastref(['replay', token]);
    expect([exit, err.trim().split('\n').length]).toEqual([2, 1]);
    expect(err).toContain('--url');
    const nowhere = formatToken({ program: 'a'.repeat(64), ...run });
    const asked = await lastref(['replay', nowhere, '--url', url]);
    expect([asked.exit, asked.err]).toEqual([2, expect.stringContaining('no program')]);
    const given = await lastref(['replay', nowhere, '--program', file]);
    expect([given.exit, given.err]).toEqual([2, expect.stringContaining('is asked for')]);
  });
});

it('a token of today needs neither file nor service, and says nothing of a change', async () => {
  const built = formatToken({ program: programDigest(compileAddress('nbd/buggy/main')), ...run });
  const { json } = await lastrefJson(['replay', built]);
  expect(json).not.toHaveProperty('note');
});
