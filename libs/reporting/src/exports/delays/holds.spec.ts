/** Which task has to be held when, and for how long; where each hold goes in the code. */
import type { RunContext } from '@lastref/kernel';
import { abba, traceOf } from '../../trace.fixture.js';
import { holdsOf, lengthsOf } from './holds.js';
import { placeOf } from './place.js';

const contextOf = (ready: readonly (readonly number[])[]): RunContext => ({
  kinds: ['task', 'task'],
  steps: ready.map((tasks) => ({ ready: tasks, wakes: [] })),
});

describe('holds', () => {
  it('keep a task that could go on until the step that it must not overtake', () => {
    const holds = holdsOf(
      abba,
      contextOf([
        [0, 1],
        [0, 1],
      ]),
    );
    expect(holds).toEqual([
      { task: 1, after: 0, from: 0, before: 2, until: 1 },
      { task: 0, after: 1, from: 1, until: 2 },
    ]);
    expect(lengthsOf(holds, 2)).toEqual([1, 2]);
  });

  it('are not needed where the task was blocked', () => {
    expect(holdsOf(abba, contextOf([[0], [1]]))).toEqual([]);
  });

  it('of a worker count from when it was raised', () => {
    const trace = traceOf({
      tasks: ['close', 'kworker'],
      steps: [
        { task: 0, text: 'queue_work(w)', calls: ['x_close'] },
        { task: 0, text: 'a = 1', calls: ['x_close'] },
        { task: 1, text: 'process_one_work()', calls: ['x_work'] },
      ],
    });
    const context: RunContext = {
      kinds: ['task', 'worker'],
      steps: [
        { ready: [0], wakes: [1] },
        { ready: [0, 1], wakes: [] },
        { ready: [1], wakes: [], begins: true },
      ],
    };
    const [hold, ...others] = holdsOf(trace, context);
    expect(others).toEqual([]);
    expect(hold).toMatchObject({ task: 1, from: 1, until: 2, raised: true });
    expect(hold && placeOf(trace, hold)).toMatchObject({ entered: 'x_work (drivers/x.c)' });
  });
});

describe('the place of a hold', () => {
  const steps = [
    { task: 0, text: 'a = 1', calls: ['x_get', 'x_open'] },
    { task: 1, text: 'a = 1', calls: ['x_get', 'x_read'] },
    { task: 0, text: 'b = 1', calls: ['x_open'] },
    { task: 0, text: 'down_write(s)', calls: ['x_open'] },
    { task: 0, text: 'down_write(s) returns', calls: ['x_open'] },
  ];
  const trace = traceOf({ tasks: ['open', 'read'], steps });
  const between = (after: number, before: number) =>
    placeOf(trace, { task: 0, after, from: after, before, until: after });

  it('is behind a function that has returned, and says who else passes', () => {
    expect(between(1, 3)).toMatchObject({
      within: 'x_open (drivers/x.c)',
      left: 'x_get (drivers/x.c)',
      before: 'b = 1',
      others: [1],
      pass: 1,
    });
  });

  it('is none between the halves of one call', () => {
    expect(between(4, 5).inside).toBe('down_write(s)');
    expect(between(3, 4).inside).toBeUndefined();
  });
});
