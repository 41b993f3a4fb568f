/**
 * A failure that needs an event, among tasks that can be interleaved in thousands of ways without it: runs without events come
 * first in the order of costs, so the search in that order does not get as far as the first run that could fail.
 */
import {
  flag,
  mutex,
  statics,
  task,
  type FunctionBuilder,
  type TaskSpec,
} from '@lastref/authoring';
import { costText } from '@lastref/exploration';
import { tiny } from '../support/tiny.js';
import { failing, reproduced } from './support.js';

const { a, b, one, two, three } = statics({
  a: mutex(),
  b: mutex(),
  one: flag(),
  two: flag(),
  three: flag(),
});

const nested =
  (first: typeof a, second: typeof a) =>
  (f: FunctionBuilder): void => {
    f.mutex_lock(first);
    f.mutex_lock(second);
    f.mutex_unlock(second);
    f.mutex_unlock(first);
  };

const alone = (name: string, bit: typeof one): TaskSpec =>
  task(name, (f) => {
    f.set_bit(bit);
    f.clear_bit(bit);
    f.set_bit(bit);
    f.clear_bit(bit);
  });

const program = tiny({
  tasks: [
    task('a then b', nested(a, b)),
    task('b then a', nested(b, a), { optional: 32_768 }),
    alone('one', one),
    alone('two', two),
    alone('three', three),
  ],
});
const found = failing(program).find(({ signature }) => signature.startsWith('deadlock@'));
const signature = found?.signature ?? '';
const start = { strategy: 'rw/1', seed: found?.seeds[0] ?? 0 };
const minimum = reproduced(program, signature);

it.each([
  [200, 'locally minimal', null, '1/0/1'],
  [600, 'minimum up to 0 preemptions', 0, '0/1/2'],
  [1_500, 'minimum up to 1 preemptions', 1, '0/2/3'],
])('says of %d nodes how many preemptions they were enough for', (maxNodes, ...said) => {
  const { grade, cost, certificate } = reproduced(program, signature, { start, maxNodes });
  const { preemptions, unfinished } = certificate.unproved ?? {};
  expect([grade, preemptions, unfinished]).toEqual(said);
  expect(cost).toEqual(minimum.cost);
});

it('proves the minimum with as many nodes as without a start', () => {
  expect(costText(minimum.cost)).toBe('1/1/1/2');
  const { nodes } = minimum.certificate;
  expect(reproduced(program, signature, { start, maxNodes: nodes })).toEqual(minimum);
  const { grade } = reproduced(program, signature, { start, maxNodes: nodes - 1 });
  expect(grade).toMatch(/^minimum up to \d preemptions$/);
});

it('takes a run that the layers meet, where the passes had not come as far', () => {
  const passed = { start, maxSteps: 1 };
  const far = reproduced(program, signature, { ...passed, maxNodes: 1_500 });
  expect([far.grade, costText(far.cost)]).toEqual(['minimum up to 1 preemptions', '1/1/1/2']);
  const near = reproduced(program, signature, { ...passed, maxNodes: 600 });
  expect([near.grade, costText(near.cost)]).toEqual(['minimum up to 0 preemptions', '1/4/4/6']);
  expect(near.certificate.unproved?.passes.fixpoint).toBe(false);
});
