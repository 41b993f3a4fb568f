import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agreement, type AgreementOptions } from './agreement.js';

const folder = mkdtempSync(join(tmpdir(), 'lastref-agreement-'));
const keep = join(folder, 'kept.jsonl');
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const signal = new AbortController().signal;
const options: AgreementOptions = { seeds: 200, part: 1, of: 1, keep, addresses: ['nbd/buggy/'] };

it('compares the drivers on every program that is asked for, and goes on where it was ended', () => {
  const said: string[] = [];
  const surroundings = { say: (line: string) => said.push(line), signal };
  const first = agreement(options, surroundings);
  expect(first).toMatchObject({ differ: [], interrupted: false });
  const lines = readFileSync(keep, 'utf8').trim().split('\n');
  expect(first).toMatchObject({ programs: lines.length });
  expect(said.every((line) => line.includes('walker'))).toBe(true);
  said.length = 0;
  expect(agreement(options, surroundings)).toEqual(first);
  expect(said.every((line) => line.endsWith('(kept)'))).toBe(true);
  expect(readFileSync(keep, 'utf8').trim().split('\n')).toEqual(lines);
});

it('shares the programs out in parts', () => {
  const parts = [1, 2].map((part) =>
    agreement({ ...options, part, of: 2 }, { say: () => undefined, signal }),
  );
  const all = agreement(options, { say: () => undefined, signal });
  const count = (result: typeof all): number => ('programs' in result ? result.programs : 0);
  expect(parts.map(count).reduce((a, b) => a + b)).toBe(count(all));
});

it('refuses a beginning that no address has', () => {
  const refused = agreement({ ...options, addresses: ['usb'] }, { say: () => undefined, signal });
  expect(refused).toMatchObject({ refused: 'usage' });
});
