/** What a shrink with a start refuses, and what the message says to do. */
import { replay } from '@lastref/exploration';
import { compileAddress } from '@lastref/scenarios';
import { shrink, type ShrinkOptions } from '@lastref/shrinking';
import { reproduced } from './support.js';

const program = compileAddress('nbd/patch-v1/rmmod-after-disconnect');
const UNDERFLOW = 'refcount-underflow@nbd_put(nbd_device.refs)';
const LIVELOCK = 'livelock@nbd_genl_connect';

const refused = (signature: string, options: ShrinkOptions, of = program): string => {
  const result = shrink(of, signature, options);
  if (result.ok) throw new Error('it was shrunk');
  return result.message;
};

function failingSeed(): number {
  for (let seed = 0; ; seed++) {
    const run = replay(program, { strategy: 'rw/1', seed });
    if (!run.ok) throw new Error(run.message);
    const { verdict } = run.trace;
    if (verdict.outcome === 'failed' && verdict.signature === UNDERFLOW) return seed;
  }
}

it('a program past the budget without a run to start from', () => {
  expect(refused(UNDERFLOW, { maxNodes: 5 })).toBe(
    'not shrunk: more than 5 nodes; give a failing seed or schedule to start from, a larger budget or a smaller case',
  );
});

it('a run that does not show the signature, or cannot be replayed', () => {
  expect(refused('leak@f', { start: { strategy: 'rw/1', seed: failingSeed() } })).toBe(
    `the run to start from does not show leak@f: it ends ${UNDERFLOW}`,
  );
  expect(refused(UNDERFLOW, { start: { schedule: 'z' } })).toContain('cannot be taken');
  expect(refused(UNDERFLOW, { start: { strategy: 'no', seed: 1 } })).toContain("no strategy 'no'");
});

it('a livelock past the budget: no run shows one, so it asks for none', () => {
  const stalled = compileAddress('nbd/fixed/server-dies-worker-stalled');
  expect(refused(LIVELOCK, { maxNodes: 5 }, stalled)).toBe(
    'not shrunk: more than 5 nodes; give a larger budget or a smaller case',
  );
});

it('to grade what the passes had not finished with, giving the schedule to go on from', () => {
  const start = { strategy: 'rw/1', seed: failingSeed() };
  const message = refused(UNDERFLOW, { start, maxNodes: 1, maxSteps: 1 });
  const schedule = / go on from schedule ([0-9a-z]+)$/.exec(message)?.[1] ?? '';
  const further = reproduced(program, UNDERFLOW, { start: { schedule }, maxNodes: 1 });
  expect(further.grade).toBe('locally minimal');
});
