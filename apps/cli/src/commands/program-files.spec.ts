/** How commands name a program: an address, or a file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileAddress } from '@lastref/scenarios';
import { lastref } from '../in-process.fixture.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lastref-cli-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('a program', () => {
  it.each([
    [['hunt', 'nbd/nope'], "no variant 'nope'"],
    [['hunt', 'nope/buggy'], "no scenario 'nope'"],
    [['prove', 'nbd'], 'is no address'],
    [['prove', 'nbd/buggy/nope'], "no case 'nope'"],
    [['prove', 'nbd/nope', '--all-cases'], "no variant 'nope'"],
  ])('that is not there is refused by name: %j', async (words, message) => {
    const { exit, err } = await lastref(words);
    expect(err).toContain(message);
    expect(exit).toBe(2);
  });

  it('from a file is checked, and its problems are listed by place', async () => {
    const program: object = { ...compileAddress('nbd/buggy/last-close'), tasks: 'none' };
    const { exit, err } = await lastref(['prove', file('bad.json', JSON.stringify(program))]);
    expect(exit).toBe(2);
    expect(err).toContain('bad.json is not a program:\n  /tasks:');
  });

  it('from a file that is no JSON is wrong use, one that is not there the environment', async () => {
    expect(await lastref(['prove', file('no.json', '{')])).toMatchObject({ exit: 2 });
    expect(await lastref(['prove', join(folder, 'nowhere.json')])).toMatchObject({ exit: 3 });
  });
});
