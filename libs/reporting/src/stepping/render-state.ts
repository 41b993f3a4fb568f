/**
 * A state between two steps as text: what the last step did, what comes next, then the parts that are asked for. Zeros, NULLs
 * and empty queues are left out of objects, so that what is in use is seen. Each line ends with a line feed.
 */
import type { NamedValue, StepState, TaskState, Trace, TraceStep } from '@lastref/kernel';
import { functionOf, taskName } from '../facts/names.js';
import { columns } from './columns.js';

export const STATE_PARTS = [
  'tasks',
  'waits',
  'locks',
  'counts',
  'objects',
  'locals',
  'globals',
] as const;
export type StatePart = (typeof STATE_PARTS)[number];

export const renderState = (
  trace: Trace,
  state: StepState,
  parts: readonly StatePart[] = ['tasks', 'waits', 'locks', 'counts', 'objects'],
): string =>
  [...head(trace, state), ...parts.flatMap((part) => section(trace, state, part))].join('\n') +
  '\n';

/** What the step that led here did, and which comes next. */
function head(trace: Trace, state: StepState): string[] {
  const { n, step } = state;
  const at = `step ${n} of ${trace.steps.length}`;
  const did =
    step === undefined
      ? [`${at}: nothing has run yet`]
      : [
          `${at}: ${taskName(trace, step.task)}: ${step.text}${noteOf(step)}`,
          ...effects(trace, step, state.changes),
        ];
  return [...did, nextLine(trace, state)];
}

function noteOf(step: TraceStep): string {
  const notes = [
    ...(step.switch === 'preemption' ? ['preempts'] : []),
    ...(step.fault ? ['fails by a fault'] : []),
    ...(step.early === true ? ['its time is up'] : []),
    ...(step.milestone === undefined ? [] : [`reaches ${step.milestone}`]),
  ];
  const trail = step.calls.map(functionOf).join(' < ');
  return `${trail === '' ? '' : `   ${trail}`}${notes.length === 0 ? '' : `   (${notes.join(', ')})`}`;
}

function effects(
  trace: Trace,
  { objects, locks, task }: TraceStep,
  changes: StepState['changes'],
): string[] {
  const own = `${taskName(trace, task)}.`;
  const nameOf = (name: string): string => (name.startsWith(own) ? name.slice(own.length) : name);
  return [
    ...locks.map(({ event, lock }) => `${event === 'release' ? 'lets go' : 'takes'} ${lock}`),
    ...objects.map(({ object, event }) => `${object} is ${event}`),
    ...changes.map(({ name, from, to }) => `${nameOf(name)}: ${from} -> ${to}`),
  ].map((line) => `    ${line}`);
}

function nextLine(trace: Trace, { next, tasks, n }: StepState): string {
  if (next === undefined) return `end: ${endOf(trace)}`;
  const task = tasks[next];
  const step = trace.steps[n];
  return `next: ${taskName(trace, next)}: ${step?.text ?? ''}${task?.place === undefined ? '' : `   at ${task.place}`}`;
}

function endOf({ verdict }: Trace): string {
  switch (verdict.outcome) {
    case 'failed':
      return `failed: ${verdict.signature}`;
    case 'unfinished':
      return 'the schedule ends here, the run does not';
    case 'clean':
    case 'cut':
    case 'outside':
      return verdict.outcome;
  }
}

function section(trace: Trace, state: StepState, part: StatePart): string[] {
  const lines = columns(rowsOf(trace, state, part));
  return lines.length === 0 ? [] : [part, ...lines.map((line) => `  ${line}`)];
}

function rowsOf(trace: Trace, state: StepState, part: StatePart): string[][] {
  const name = (task: number): string => taskName(trace, task);
  const since = (n: number | undefined): string =>
    n === undefined ? 'from the start' : `since step ${n}`;
  switch (part) {
    case 'tasks':
      return state.tasks.map((task) => taskRow(task));
    case 'waits':
      return state.tasks.flatMap(({ task, waits }) =>
        waits === undefined || waits.parked
          ? []
          : [[name(task), `waits for ${waits.resource}`, heldBy(waits.holders.map(name))]],
      );
    case 'locks':
      return state.locks.map((lock) => [
        lock.lock,
        `${lock.way === 'exclusive' ? '' : `${lock.way}, `}${name(lock.task)}`,
        since(lock.since),
      ]);
    case 'counts':
      return state.counts.map(({ name: count, text }) => [count, text]);
    case 'objects':
      return state.objects.map((object) => [
        object.object,
        object.state === 'live' ? 'live' : 'FREED',
        `${object.state === 'live' ? 'allocated' : 'freed'} by ${object.by}${object.task === undefined ? '' : ` (${name(object.task)})`}`,
        since(object.since),
        object.fields.filter(isInUse).map(pair).join(' '),
      ]);
    case 'locals':
      return state.tasks.flatMap(({ name: task, locals }) =>
        locals.length === 0 ? [] : [[task, locals.map(pair).join(' ')]],
      );
    case 'globals':
      return state.globals.filter(isInUse).map(({ name: global, text }) => [global, text]);
  }
}

const taskRow = (task: TaskState): string[] => [
  `${task.condition === 'next' ? '>' : ' '} ${task.name}`,
  task.condition,
  task.text ?? task.runs ?? '',
  task.calls.map(functionOf).join(' < '),
];

const heldBy = (holders: readonly string[]): string =>
  holders.length === 0 ? 'held by nobody in particular' : `held by ${holders.join(', ')}`;

const isInUse = ({ value }: NamedValue): boolean => value !== 0;

const pair = ({ name, text }: NamedValue): string => `${name}=${text}`;
