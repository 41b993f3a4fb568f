import { compileAddress } from '@lastref/scenarios';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { textLike } from '../../../../test/support/matchers.js';
import type { Verification } from '../answers/verify-fix.js';
import { lastref, lastrefJson } from '../in-process.fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'lastref-verify-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const verify = async (...words: string[]): Promise<{ exit: number; json: Verification }> => {
  const { exit, json } = await lastrefJson(['verify-fix', ...words]);
  return { exit, json: json as Verification };
};

describe('verify-fix', () => {
  it('passes where the bug is found without the fix and every case of it is as expected', async () => {
    const { exit, json } = await verify('nbd/buggy', 'nbd/fixed/main');
    expect(exit).toBe(0);
    expect(json.counts).toEqual({ holds: 4, fails: 0, unproved: 0, error: 0 });
    expect(json.cases[0]?.failures).toHaveLength(1);
  });

  it('does not pass what was not proved', async () => {
    const { exit, json } = await verify('nbd/fixed/main', '--max-states', '10');
    expect(exit).toBe(1);
    expect(json.cases[0]).toMatchObject({ outcome: 'unproved', why: [textLike(/did not end/)] });
    expect(json.cases[0]?.commands[0]).toContain('prove nbd/fixed/main');
  });

  it('fails where a program file fails and nothing is expected of it, and says how to look', async () => {
    const file = join(folder, 'mine.json');
    const program = { ...compileAddress('nbd/buggy/main'), scenario: 'mine' };
    writeFileSync(file, JSON.stringify(program));
    const { exit, json } = await verify(file);
    expect(exit).toBe(1);
    const [row] = json.cases;
    expect(row).toMatchObject({ address: 'mine/buggy/main', outcome: 'fails', expect: null });
    expect(row?.why[0]).toMatch(/^unexpected: deadlock@/);
    expect(row?.commands[0]).toContain(`shrink ${file} --signature 'deadlock@`);
  });

  it('writes JUnit anew, and adds its summary to what is there', async () => {
    const junit = join(folder, 'reports', 'lastref.xml');
    const markdown = join(folder, 'summary.md');
    writeFileSync(markdown, 'before\n');
    for (let time = 0; time < 2; time += 1) {
      await lastref(['verify-fix', 'nbd/buggy', '--junit', junit, '--markdown', markdown]);
    }
    expect(readFileSync(junit, 'utf8').match(/<testsuites /g)).toHaveLength(1);
    expect(readFileSync(markdown, 'utf8')).toMatch(/^before\n### Lastref/);
    expect(readFileSync(markdown, 'utf8').match(/### Lastref/g)).toHaveLength(2);
  });

  it.each([
    ['an unknown scenario', ['nbt'], 2],
    ['no file', [join(folder, 'none.json')], 3],
    ['a report that cannot be written', ['nbd/buggy/last-close', '--junit', '/dev/null/x'], 3],
  ])('refuses %s', async (_, words, exit) => {
    expect(await lastref(['verify-fix', ...words])).toMatchObject({ exit });
  });
});

describe('the example workflow', () => {
  const file = join(__dirname, '../../../../docs/ci/github-workflow.yml');
  const workflow = parse(readFileSync(file, 'utf8')) as {
    on: object;
    jobs: Record<string, { steps: { run?: string; uses?: string }[] }>;
  };
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  it('has steps that do something', () => {
    expect(workflow.on).toHaveProperty('pull_request');
    expect(steps.every(({ run, uses }) => (run === undefined) !== (uses === undefined))).toBe(true);
  });

  it('runs commands that exist, and they write what a later step keeps', async () => {
    const lines = steps.flatMap(({ run }) => (run?.includes('lastref') === true ? [run] : []));
    expect(lines).toHaveLength(1);
    const [, command = ''] = (lines[0] ?? '').split('npx --no -- lastref ');
    const words = command.trim().split(/\s+/);
    const summary = join(folder, 'step.md');
    const inFolder = words.map((word) =>
      word === '"$GITHUB_STEP_SUMMARY"' ? summary : word.replace('reports/', `${folder}/kept/`),
    );
    const quick = inFolder.map((word) => (word === 'nbd/fixed' ? 'nbd/buggy' : word));
    expect(quick).not.toEqual(inFolder);
    expect(await lastref(quick)).toMatchObject({ exit: 0 });
    expect(existsSync(summary)).toBe(true);
    expect(existsSync(join(folder, 'kept', 'lastref.xml'))).toBe(true);
  });
});
