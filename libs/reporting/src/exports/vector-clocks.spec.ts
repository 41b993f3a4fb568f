import { traceOf } from '../trace.fixture.js';
import { linksOf, ordersSteps } from './links.js';
import { vectorClocks } from './vector-clocks.js';

const steps = [
  { task: 0, text: 'mutex_lock(m)', calls: ['f'], locks: ['acquire m'] },
  { task: 1, text: 'a = 1', calls: ['g'] },
  { task: 0, text: 'mutex_unlock(m)', calls: ['f'], locks: ['release m'] },
  { task: 1, text: 'mutex_lock(m)', calls: ['g'], locks: ['acquire m'] },
];
const trace = traceOf({ tasks: ['one', 'two'], steps });
const nobody = { ready: [], wakes: [] };

it('a step counts what its task did, and what came before the lock that it takes', () => {
  const context = { kinds: [], steps: [nobody, nobody, nobody, nobody] };
  const links = linksOf(trace, context).filter(ordersSteps);
  expect(links).toEqual([{ kind: 'unlocks', from: 3, to: 4, what: 'm' }]);
  expect(vectorClocks(trace.steps, links).map((clock) => Object.fromEntries(clock))).toEqual([
    { 0: 1 },
    { 1: 1 },
    { 0: 2 },
    { 0: 2, 1: 2 },
  ]);
});

it('of several steps that wake a task the last one counts', () => {
  const wakes = { ready: [], wakes: [1] };
  const context = { kinds: [], steps: [wakes, nobody, wakes, nobody] };
  expect(linksOf(trace, context).filter(({ kind }) => kind === 'wakes')).toEqual([
    { kind: 'wakes', from: 1, to: 2 },
    { kind: 'wakes', from: 3, to: 4 },
  ]);
});
