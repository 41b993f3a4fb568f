import { faultAt, type Plan, type Segment } from './plan.js';
import { planText, Tried } from './tried.js';

const plan = (segments: readonly Segment[], rest: Partial<Plan> = {}): Plan => ({
  starts: [],
  segments,
  faults: new Set(),
  goesOn: true,
  ...rest,
});
const [a, b] = [
  { task: 0, steps: 2 },
  { task: 1, steps: 1 },
];

it('takes plans that say the same in other stretches for one', () => {
  const split = [{ task: 0, steps: 1 }, { task: 1, steps: 0 }, { task: 0, steps: 1 }, b];
  expect(planText(plan(split))).toBe(planText(plan([a, b])));
});

it('tells apart what differs in anything else', () => {
  const texts = [
    plan([a, b]),
    plan([b, a]),
    plan([a]),
    plan([a, b], { goesOn: false }),
    plan([a, b], { starts: [true] }),
    plan([a, b], { starts: [false] }),
    plan([a, b], { faults: new Set([faultAt(0, 1)]) }),
    plan([a, { task: 1, steps: Infinity }]),
  ].map(planText);
  expect(new Set(texts).size).toBe(texts.length);
});

it('forgets what it knows when it is full, and goes on', () => {
  const tried = new Tried(5);
  ['abc', 'de', 'f'].forEach((text) => {
    tried.add(text);
  });
  expect(['abc', 'de', 'f'].map((text) => tried.has(text))).toEqual([false, false, true]);
});
