/** Rows from what the script prints; the measurement itself is no test. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Disagreement, type Row } from './row.js';
import { throughService } from './service-row.js';

const folder = mkdtempSync(join(tmpdir(), 'lastref-service-row-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The row of a script that writes these two texts. */
function rowOf(out: string, err: string): Promise<Row> {
  const script = join(folder, 'script.mjs');
  const write = (stream: string, text: string): string =>
    `process.${stream}.write(${JSON.stringify(text)});\n`;
  writeFileSync(script, write('stdout', out) + write('stderr', err));
  return throughService({ note: () => undefined, signal: new AbortController().signal }, script);
}

const QUIET = 0.04;
const BUSY = 0.9;

const round = (alone: number, served: number, waited = QUIET, ledger = 'same'): object => ({
  alone,
  served,
  ledgers: { alone: 'same', served: ledger },
  waited: { alone: QUIET, served: waited },
});

it('takes the median of the rounds', async () => {
  const rounds = [round(100, 97), round(100, 90), round(200, 196)];
  const row = await rowOf(JSON.stringify({ compared: { rounds } }), 'round 1\n');
  expect(row).toMatchObject({ ratio: 0.97, meets: true, ours: 97, theirs: 100 });
});

it('does not take rounds whose ledgers differ', async () => {
  const rounds = [round(100, 97), round(100, 97, BUSY, 'another')];
  await expect(rowOf(JSON.stringify({ compared: { rounds } }), '')).rejects.toThrow(Disagreement);
});

it('leaves out the rounds in which other programs kept the machine busy', async () => {
  const rounds = [round(100, 50, BUSY), round(100, 97), round(100, 180, BUSY)];
  expect(await rowOf(JSON.stringify({ compared: { rounds } }), '')).toMatchObject({ ratio: 0.97 });
});

it('is absent when no round is left', async () => {
  const rounds = [round(100, 50, BUSY), round(100, 180, 1)];
  const row = await rowOf(JSON.stringify({ compared: { rounds } }), '');
  expect(row).toMatchObject({ meets: null });
  expect(row.reason).toContain('waited for a processor 90 %');
});

it('is absent with what the script said last', async () => {
  const row = await rowOf('', 'Starting\nnot measured: no Redis here\n');
  expect(row).toMatchObject({ ratio: null, meets: null, reason: 'not measured: no Redis here' });
});

it('is absent without the script', async () => {
  const io = { note: () => undefined, signal: new AbortController().signal };
  const row = await throughService(io, join(folder, 'nowhere.mjs'));
  expect(row).toMatchObject({ meets: null, reason: 'needs a clone of the repository' });
});
