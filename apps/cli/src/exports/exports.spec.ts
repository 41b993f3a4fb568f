/** `--export` of replay and shrink: to standard output or to files, and what is refused before anything runs. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXPORT_FORMATS } from '@lastref/reporting';
import { EXIT } from '../exit-codes.js';
import { lastref, lastrefJson } from '../in-process.fixture.js';

const RUN = ['replay', 'nbd/buggy/last-close', '--seed', '1'];
const BUG = ['shrink', 'nbd/buggy/last-close', '--signature', 'deadlock@del_gendisk'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lastref-exports-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

it.each(EXPORT_FORMATS.map(({ name }) => name))(
  'prints a run as %s and nothing else',
  async (name) => {
    const file = join(folder, name);
    const printed = await lastref([...RUN, '--export', name]);
    const written = await lastref([...RUN, '--export', `${name}=${file}`]);
    const plain = await lastref(RUN);
    expect(printed.err).toBe('');
    expect(printed.exit).toBe(plain.exit);
    expect(printed.out).toBe(await readFile(file, 'utf8'));
    expect(written.out).toBe(`${plain.out}${name} written to ${file}\n`);
  },
);

it('writes several, and prints one beside them', async () => {
  const [xml, sarif] = [join(folder, 'deep/out.xml'), join(folder, 'out.sarif')];
  const files = ['--export', `junit=${xml}`, '--export', `sarif=${sarif}`];
  const { out, exit } = await lastref([...BUG, ...files, '--export', 'text', '--width', '60']);
  expect(exit).toBe(EXIT.ok);
  expect(out).toContain('minimum (proved)\n');
  const lines = out.trimEnd().split('\n').slice(0, -1);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(await readFile(xml, 'utf8')).toContain('failures="1"');
  expect(JSON.parse(await readFile(sarif, 'utf8'))).toMatchObject({ version: '2.1.0' });
});

it('says in JSON what went where', async () => {
  const file = join(folder, 'x.dot');
  const words = [...BUG, '--export', `dot=${file}`, '--export', 'shiviz'];
  const { json } = await lastrefJson(words);
  expect(json).toMatchObject({
    grade: 'minimum (proved)',
    exports: [
      { format: 'dot', file },
      { format: 'shiviz', content: expect.stringContaining('(?<host>') as string },
    ],
  });
});

it.each([
  [['--export', 'markdwn'], "there is no format 'markdwn'; did you mean markdown?"],
  [['--export', ''], "there is no format ''"],
  [['--export', 'dot='], '--export dot= names no file; write dot=<file>, or dot'],
  [['--export', 'dot', '--export', 'json'], 'only one export goes to standard output'],
  [['--export', 'text', '--width', '59'], 'It must be an integer from 60 to 200.'],
])('refuses %j', async (words, message) => {
  const { exit, out, err } = await lastref([...RUN, ...words]);
  expect([exit, out]).toEqual([EXIT.usage, '']);
  expect(err).toContain(message);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
});

it('refuses a file that cannot be written', async () => {
  const { exit, err } = await lastref([...RUN, '--export', `text=${folder}`]);
  expect(exit).toBe(EXIT.environment);
  expect(err).toContain(`cannot write ${folder}`);
});

it('lists every format in its help', async () => {
  const { out } = await lastref(['shrink', '--help']);
  for (const { name } of EXPORT_FORMATS) expect(out).toMatch(new RegExp(`\\b${name}\\b`));
});
