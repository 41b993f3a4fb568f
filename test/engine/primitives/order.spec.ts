/** `order` bars the first occurrence of a milestone until what must come first was reached. */
import { flag, fn, statics, task, type FunctionBuilder, type TaskSpec } from '@lastref/authoring';
import { proveTiny } from '../support/tiny.js';

const { done, never, other } = statics({ done: flag(), never: flag(), other: flag() });

const late = fn('late', 'a.c', (f) => {
  f.milestone('late');
  f.set_bit(done);
  f.milestone('late');
  f.set_bit(other);
});
const before = fn('before', 'a.c', (f) => {
  f.if(f.test_bit(done), () => {
    f.invariant('it is not done', 0);
  });
  f.milestone('early');
  f.clear_bit(other);
});
const neverEarly = fn('never_early', 'a.c', (f) => {
  f.if(f.test_bit(never), () => {
    f.milestone('early');
    f.clear_bit(never);
  });
});

const run = (name: string, called: typeof late): TaskSpec =>
  task(name, (f) => {
    f.call(called);
  });

it('nothing that is barred happens', () => {
  const tasks = [run('late', late), run('before', before)];
  expect(proveTiny({ tasks }).failures).toEqual(['invariant@before(it is not done)']);
  expect(proveTiny({ tasks, order: [['early', 'late']] })).toMatchObject({
    failures: [],
    complete: true,
    reached: ['early', 'late'],
    ends: { outside: 0 },
  });
});

it('a run in which the first never comes is outside the case', () => {
  const tasks = [run('late', late), run('never', neverEarly)];
  const { ends, failures, reached } = proveTiny({ tasks, order: [['early', 'late']] });
  expect({ failures, reached, clean: ends.clean }).toEqual({ failures: [], reached: [], clean: 0 });
  expect(ends.outside).toBeGreaterThan(0);
});

it('only the first occurrence is barred, and that may be in the prologue', () => {
  const given = (f: FunctionBuilder): void => {
    f.milestone('late');
    f.set_bit(other);
  };
  const tasks = [run('late', late), run('never', neverEarly)];
  const { ends, complete } = proveTiny({ given, tasks, order: [['early', 'late']] });
  expect({ complete, outside: ends.outside }).toEqual({ complete: true, outside: 0 });
});
