/** `check` on the shipped examples, and on a file with mistakes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastref, lastrefJson } from '../in-process.fixture.js';

const EXAMPLE = join(__dirname, '../../../../examples/work-not-cancelled/model.c');

it('proves every variant and case, and holds them against what is expected', async () => {
  const { exit, out } = await lastref(['check', EXAMPLE]);
  expect(out).toContain('work-not-cancelled/buggy/main: proved: fails, and in no other way');
  expect(out).toContain('expected all:use-after-free@foo_work: held');
  expect(out).toContain('work-not-cancelled/fixed/main: proved: no schedule fails');
  expect(exit).toBe(0);
});

it('answers as JSON', async () => {
  const { exit, json } = await lastrefJson(['check', EXAMPLE]);
  expect(exit).toBe(0);
  expect(json).toMatchObject({
    cases: [
      {
        address: 'work-not-cancelled/buggy/main',
        proved: true,
        held: true,
      },
      { address: 'work-not-cancelled/fixed/main', proved: true, held: true, failures: [] },
    ],
  });
});

describe('in a folder of its own', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lastref-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const model = (expect: string, code: string): string => `/* lastref
scenario: demo
variants: { one: {} }
cases: { main: { tasks: { a: "run()" } } }
expect: { one/main: "${expect}" }
*/
static int n;
static void run(void) { ${code} }
`;

  it('an expectation that does not hold is exit code 1', async () => {
    const path = file('a.c', model('all:double-free@run', 'n = 1;'));
    const { exit, out } = await lastref(['check', path]);
    expect(out).toContain('did not hold: double-free@run does not occur');
    expect(exit).toBe(1);
  });

  it('all mistakes are told with their places: exit code 2', async () => {
    const path = file('a.c', model('clean', 'm = 1; frob();'));
    const { exit, out, err } = await lastref(['check', path]);
    expect(out).toBe('');
    expect(err).toContain(`${path}:8:25: error: 'm' is not declared`);
    expect(err).toContain(`${path}:8:32: error: 'frob' is not known`);
    expect(exit).toBe(2);
  });

  it('reads no file outside the folder of the model', async () => {
    const path = file('a.c', model('clean', 'n = 1;') + '#include "../../../etc/hostname"\n');
    const { exit, err } = await lastref(['check', path]);
    expect(err).toContain("there is no file '../../../etc/hostname'");
    expect(exit).toBe(2);
  });

  it('a file that is not there is told', async () => {
    const { exit, err } = await lastref(['check', join(folder, 'no.c')]);
    expect(err).toContain('there is no such file');
    expect(exit).toBe(2);
  });
});
