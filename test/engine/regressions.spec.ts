/**
 * Replays every bug that is kept in test/regressions: the same failure, cost and trace digest, from the token and the kept program
 * alone. A bug that an expectation names and nobody kept is missed. `npm run regressions` adds what is missing.
 */
import { formatToken, parseToken } from '@lastref/contracts';
import { costText, matchesBug, prove, replay } from '@lastref/exploration';
import { parseExpect, type Pattern } from '@lastref/judging';
import { programDigest, type Program } from '@lastref/kernel';
import { compileAddress, expectationOf, searchable } from '@lastref/scenarios';
import { shrink } from '@lastref/shrinking';
import { keepBugs, keepProgram, keptBugs, keptProgram, keyOf } from '../regressions/kept.js';

const addresses = searchable().map((a) => `${a.scenario}/${a.variant}/${a.case}`);

function keepMissing(): void {
  const bugs = new Map(keptBugs().map((bug) => [keyOf(bug), bug]));
  for (const address of addresses) {
    const program = compileAddress(address);
    const { failures } = prove(program);
    for (const signature of failures) {
      const found = shrink(program, signature);
      if (!found.ok) throw new Error(`${address}: ${found.message}`);
      const { cost, schedule, traceDigest } = found.reproduction;
      const token = formatToken({ program: programDigest(program), schedule });
      const bug = { address, signature, cost: costText(cost), trace: traceDigest, token };
      bugs.set(keyOf(bug), bug);
      keepProgram(program);
    }
  }
  keepBugs([...bugs.values()]);
}

if (process.env['KEEP_REGRESSIONS'] === '1') keepMissing();

const kept = keptBugs();
const programs = new Map<string, Program>();

function programNamed(name: string): Program {
  const program = programs.get(name) ?? keptProgram(name);
  programs.set(name, program);
  return program;
}

it.each(kept.map((bug) => [`${bug.address} ${bug.signature}`, bug] as const))(
  '%s is shown again by its token',
  (_, { token, signature, cost, trace: digest }) => {
    const parsed = parseToken(token);
    if (!parsed.ok) throw new Error(parsed.message);
    const { program: name, ...how } = parsed.run;
    const program = programNamed(name);
    expect(programDigest(program).startsWith(name)).toBe(true);
    const result = replay(program, how);
    if (!result.ok) throw new Error(result.message);
    const { trace } = result;
    expect([costText(trace.cost), trace.digest]).toEqual([cost, digest]);
    // The schedule of a livelock leads into it; the run itself goes on.
    if (!signature.startsWith('livelock@'))
      expect(trace.verdict).toMatchObject({ outcome: 'failed', signature });
  },
);

it('a bug is kept for every failure that an expectation names', () => {
  const missing = addresses.flatMap((address) => {
    const row = expectationOf(address);
    const expect = parseExpect(row?.expect ?? 'clean');
    if (expect.kind !== 'failures') return [];
    const here = kept.filter((bug) => bug.address === address);
    const isKept = (pattern: Pattern): boolean =>
      here.some(({ signature }) => matchesBug(pattern, signature));
    const wanted = expect.all.filter((pattern) => !isKept(pattern)).map(({ text }) => text);
    if (expect.any.length > 0 && !expect.any.some(isKept)) wanted.push(expect.any[0]?.text ?? '');
    return wanted.map((text) => `${address}: ${text}`);
  });
  expect(missing).toEqual([]);
});
