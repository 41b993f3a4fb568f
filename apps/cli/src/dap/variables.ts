/** What an editor shows of a state, as a tree of names and texts. */
import { at, type NamedValue, type StepState } from '@lastref/kernel';
import type { Debuggee } from './debuggee.js';

export interface VariableNode {
  readonly name: string;
  readonly value: string;
  readonly children?: readonly VariableNode[];
}

/** Scopes of a task, in the order in which they are shown. */
export function scopesOf(debuggee: Debuggee, task: number): VariableNode[] {
  const { state, trace } = debuggee;
  const scope = (name: string, children: readonly VariableNode[]): VariableNode => ({
    name,
    value: '',
    children,
  });
  const nameOf = (t: number): string => trace.tasks[t] ?? '';
  return [
    scope('Locals', at(state.tasks, task).locals.map(leaf)),
    scope('Locks', [...heldLocks(state, nameOf), ...waits(state, nameOf)]),
    scope('Counts', state.counts.map(leaf)),
    scope('Objects', objects(state, nameOf)),
    scope('Globals', state.globals.map(leaf)),
    scope('Step', step(debuggee, nameOf)),
  ];
}

/** What a name stands for, seen from a task: a local, an object, `object.field`, a count, a global, a lock. */
export function lookUp(debuggee: Debuggee, task: number, name: string): VariableNode | undefined {
  const all = scopesOf(debuggee, task).flatMap(({ children = [] }) => children);
  const found = all.find((one) => one.name === name);
  if (found !== undefined) return found;
  return all
    .flatMap((one) => (one.children ?? []).map((child) => ({ ...child, of: one.name })))
    .find((child) => `${child.of}.${child.name}` === name);
}

const leaf = ({ name, text }: NamedValue): VariableNode => ({ name, value: text });

type NameOf = (task: number) => string;

const sinceText = (since: number | undefined): string =>
  since === undefined ? 'from the start' : `since step ${since}`;

const heldLocks = (state: StepState, nameOf: NameOf): VariableNode[] =>
  state.locks.map(({ lock, task, way, since }) => ({
    name: lock,
    value: `${way === 'exclusive' ? '' : `${way}, `}${nameOf(task)}, ${sinceText(since)}`,
  }));

const waits = (state: StepState, nameOf: NameOf): VariableNode[] =>
  state.tasks.flatMap(({ name, waits: wait }) =>
    wait === undefined || wait.parked
      ? []
      : [
          {
            name: `${name} waits for`,
            value: [wait.resource, ...wait.holders.map((task) => `held by ${nameOf(task)}`)].join(
              ', ',
            ),
          },
        ],
  );

const objects = (state: StepState, nameOf: NameOf): VariableNode[] =>
  state.objects.map((object) => {
    const who = object.task === undefined ? '' : ` (${nameOf(object.task)})`;
    const verb = object.state === 'live' ? 'live, allocated' : 'freed';
    return {
      name: object.object,
      value: `${verb} by ${object.by}${who}, ${sinceText(object.since)}`,
      children: object.fields.map(leaf),
    };
  });

function step({ state, trace, last }: Debuggee, nameOf: NameOf): VariableNode[] {
  const { n, step: done, next } = state;
  const following = trace.steps[n];
  return [
    { name: 'executed', value: `${n} of ${last}` },
    ...(done === undefined ? [] : [{ name: 'last', value: `${nameOf(done.task)}: ${done.text}` }]),
    ...(next === undefined || following === undefined
      ? []
      : [{ name: 'next', value: `${nameOf(next)}: ${following.text}` }]),
    ...state.changes.map(({ name, from, to }) => ({ name, value: `${from} -> ${to}` })),
  ];
}
