/** Small traces for specs, written as a few words per step; what is not said is neutral. */
import type {
  LockEvent,
  ObjectEvent,
  Culprit,
  Loop,
  SlotChange,
  Trace,
  TraceStep,
  Verdict,
  WaitingTask,
} from '@lastref/kernel';
import { kindOf } from '@lastref/kernel';

export const FILE = 'drivers/x.c';

export interface StepWords {
  readonly task: number;
  readonly text: string;
  /** Innermost first, without files. */
  readonly calls: readonly string[];
  readonly changes?: readonly string[];
  readonly objects?: readonly ObjectEvent[];
  /** `acquire dev.lock dev.0.lock`: event, class, and which one if it is another name. */
  readonly locks?: readonly string[];
  readonly switch?: TraceStep['switch'];
  readonly milestone?: string;
  readonly fault?: boolean;
}

export interface WaitWords {
  readonly task: number;
  readonly text: string;
  readonly calls: readonly string[];
  readonly resource: string;
  /** The resource is a lock. */
  readonly isLock?: true;
  readonly parked?: true;
  readonly holders?: readonly number[];
}

export interface TraceWords {
  readonly tasks: readonly string[];
  readonly steps: readonly StepWords[];
  readonly waiting?: readonly WaitWords[];
  /** Signature of the failure; a clean run without. */
  readonly failure?: string;
  readonly verdict?: Verdict;
  readonly reports?: readonly string[];
  readonly culprit?: Culprit;
  readonly inInterrupt?: true;
  readonly loop?: Loop;
}

export function traceOf(words: TraceWords): Trace {
  const steps = words.steps.map(toStep);
  return {
    program: 'a'.repeat(64),
    address: 'x/buggy/main',
    title: 'a driver',
    verdict: words.verdict ?? verdictOf(words.failure),
    reports: words.reports ?? [],
    schedule: steps.map(({ task }) => String(task)).join(''),
    digest: 'b'.repeat(64),
    cost: {
      events: 0,
      preemptions: steps.filter((step) => step.switch === 'preemption').length,
      switches: steps.filter((step) => step.switch !== 'none').length,
      steps: steps.length,
    },
    tasks: words.tasks,
    started: words.tasks.map((_, task) => task),
    steps,
    waiting: (words.waiting ?? []).map(toWaiting),
    ...(words.culprit === undefined ? {} : { culprit: words.culprit }),
    ...(words.inInterrupt === undefined ? {} : { inInterrupt: words.inInterrupt }),
    ...(words.loop === undefined ? {} : { loop: words.loop }),
  };
}

const verdictOf = (failure: string | undefined): Verdict =>
  failure === undefined
    ? { outcome: 'clean' }
    : { outcome: 'failed', signature: failure, kind: kindOf(failure) };

const withFile = (name: string): string => `${name} (${FILE})`;

function toStep(words: StepWords, index: number): TraceStep {
  return {
    n: index + 1,
    task: words.task,
    pc: index + 1,
    text: words.text,
    function: words.calls[0] ?? '?',
    calls: words.calls.map(withFile),
    fault: words.fault ?? false,
    switch: words.switch ?? 'none',
    ...(words.milestone === undefined ? {} : { milestone: words.milestone }),
    changes: (words.changes ?? []).map(toChange),
    objects: words.objects ?? [],
    locks: (words.locks ?? []).map(toLock),
  };
}

/** `dev.0.lock 0 1`. */
function toChange(text: string): SlotChange {
  const [name = '', from, to] = text.split(' ');
  return { name, from: Number(from), to: Number(to) };
}

function toLock(text: string): LockEvent {
  const [event, lockClass = '', lock = lockClass] = text.split(' ');
  if (event !== 'acquire' && event !== 'try' && event !== 'release') throw new Error(text);
  return { event, lockClass, lock };
}

export const toWaiting = (words: WaitWords, index: number): WaitingTask => ({
  task: words.task,
  pc: index + 1,
  text: words.text,
  function: words.calls[0] ?? '?',
  calls: words.calls.map(withFile),
  resource: words.resource,
  ...(words.isLock === true ? { wants: words.resource } : {}),
  parked: words.parked ?? false,
  holders: words.holders ?? [],
});

/** Two locks taken in opposite orders; both tasks end up blocked. */
export const abba = traceOf({
  tasks: ['remove', 'open'],
  steps: [
    { task: 0, text: 'mutex_lock(index_lock)', calls: ['x_remove'], locks: ['acquire index_lock'] },
    {
      task: 1,
      text: 'mutex_lock(dev->lock)',
      calls: ['x_open'],
      locks: ['acquire dev.lock dev.0.lock'],
      switch: 'preemption',
    },
  ],
  waiting: [
    {
      task: 0,
      text: 'mutex_lock(dev->lock)',
      calls: ['x_del', 'x_remove'],
      resource: 'dev.lock',
      isLock: true,
      holders: [1],
    },
    {
      task: 1,
      text: 'mutex_lock(index_lock)',
      calls: ['x_get', 'x_open'],
      resource: 'index_lock',
      isLock: true,
      holders: [0],
    },
  ],
  failure: 'deadlock@x_del(dev.lock)+x_get(index_lock)',
  reports: ['lock-order@dev.lock+index_lock'],
});

/** An object freed by one task and read by another. */
export const useAfterFree = traceOf({
  tasks: ['remove', 'read'],
  steps: [
    {
      task: 0,
      text: 'dev = kzalloc(dev)',
      calls: ['x_probe'],
      objects: [{ object: 'dev.0', type: 'dev', event: 'allocated' }],
    },
    { task: 1, text: 'd = x->dev', calls: ['x_read'], switch: 'switch' },
    {
      task: 0,
      text: 'kfree(dev)',
      calls: ['x_free', 'x_remove'],
      objects: [{ object: 'dev.0', type: 'dev', event: 'freed' }],
      switch: 'preemption',
    },
    { task: 1, text: 'state = d->state', calls: ['x_read'], switch: 'switch' },
  ],
  failure: 'use-after-free@x_read(dev freed by x_free)',
  culprit: { object: 'dev.0', type: 'dev', loads: [2] },
});
