import { dropEvents } from './drop-events.js';
import { dropSegments } from './drop-segments.js';
import { dropSteps } from './drop-steps.js';
import { dropTasks } from './drop-tasks.js';
import { mergeSegments } from './merge-segments.js';
import { moveSwitch } from './move-switch.js';
import type { Pass } from './pass.js';
import { faultAt, type Plan, type Run } from './plan.js';
import { stay } from './stay.js';
import { swapTasks } from './swap-tasks.js';

/** Tasks as letters, each with its steps: `a2 b1 a*`. */
const written = ({ segments }: Plan): string =>
  segments
    .map(({ task, steps }) => `${'abc'[task] ?? ''}${steps === Infinity ? '*' : steps}`)
    .join(' ');

const run: Run = {
  starts: [true, false],
  segments: [
    { task: 0, steps: 3 },
    { task: 1, steps: 1 },
    { task: 0, steps: 2 },
  ],
  faults: new Set([faultAt(0, 1), faultAt(1, 0)]),
  goesOn: true,
  tasks: 3,
  cost: { events: 3, preemptions: 1, switches: 2, steps: 6 },
  schedule: '',
};

function candidates(pass: Pass): string[][] {
  const all: string[][] = [];
  for (let position = 0; ; position++) {
    const plans = pass.at(run, position);
    if (plans === undefined) return all;
    all.push(plans.map(written));
  }
}

const TRIED: readonly [Pass, string[][]][] = [
  [dropTasks, [['b1'], ['a3 a2']]],
  [
    stay,
    [
      ['a*', 'a* b1 a2'],
      ['a3 b*', 'a3 b* a2'],
      ['a3 b1 a*', 'a3 b1 a*'],
    ],
  ],
  [dropSegments, [['a2', 'b1 a2'], ['a3 a2'], ['a3 b1']]],
  [mergeSegments, [['a5 b1', 'b1 a5'], [], []]],
  [moveSwitch, [['a4 b1 a1', 'a1 b1 a4', 'a2 b1 a3'], [], []]],
  [dropSteps, [['a2 b1 a2'], [], ['a3 b1 a1']]],
  [
    swapTasks,
    [
      ['b3 a1 b2', 'c3 b1 c2'],
      ['b3 a1 b2', 'a3 c1 a2', 'a2 c1 a2', 'a1 c1 a2', 'a3 c1 a1'],
    ],
  ],
];

it.each(TRIED.map(([pass, tried]): [string, Pass, string[][]] => [pass.name, pass, tried]))(
  '%s: what it tries, position by position',
  (_, pass, expected) => {
    expect(candidates(pass)).toEqual(expected);
  },
);

it('drop events: the started task, then each fault', () => {
  const [notStarted, ...faultless] = [0, 1, 2].map((position) => dropEvents.at(run, position)?.[0]);
  expect(notStarted?.starts).toEqual([false, false]);
  expect(faultless.map((plan) => [...(plan?.faults ?? [])])).toEqual([
    [faultAt(1, 0)],
    [faultAt(0, 1)],
  ]);
  expect(dropEvents.at(run, 3)).toBeUndefined();
});
