/**
 * How each operation gets into a generated program. One that is not listed is called under its own name, and closed, if it
 * takes a lock, by what gives that back; one that never comes up fails a test, so none is forgotten.
 */
import { OP_NAMES, specOf, type OpName } from '@lastref/kernel';
import { callsOn, LOCK_KINDS } from '../support/lock-calls.js';

export type Placement =
  /** The compiler writes it around what is generated. */
  | { readonly by: 'compiler' }
  /** A later step of a call that is more than one operation. */
  | { readonly by: 'step' }
  /** One of the idioms writes it: by itself it would end the path. */
  | { readonly by: 'idiom' }
  | Call;

export interface Call {
  readonly by: 'call';
  /** The builder's call, if it is not named as the operation. */
  readonly name?: string;
  /** Gives back what this one takes, by the same operands; most calls stand around statements and end by it. */
  readonly closedBy?: OpName;
  /** The call is handed the local that it sets, instead of returning one. */
  readonly setsArgument?: true;
}

const call = (options: Omit<Call, 'by'> = {}): Call => ({ by: 'call', ...options });
const opens = (closedBy: OpName): Call => call({ closedBy });
const COMPILER = { by: 'compiler' } as const;
const IDIOM = { by: 'idiom' } as const;

const LISTED: Readonly<Partial<Record<OpName, Placement>>> = {
  end: COMPILER,
  set: COMPILER,
  zero: COMPILER,
  test: COMPILER,
  work_done: COMPILER,
  send_signal: COMPILER,
  enter_interrupt: COMPILER,
  leave_interrupt: COMPILER,
  local_irq_save: opens('local_irq_restore'),
  local_irq_disable: opens('local_irq_enable'),
  local_bh_disable: opens('local_bh_enable'),
  preempt_disable: opens('preempt_enable'),
  spin_lock_irqsave: opens('spin_unlock_irqrestore'),
  spin_lock_irq: opens('spin_unlock_irq'),
  spin_lock_bh: opens('spin_unlock_bh'),
  stay: IDIOM,
  add: IDIOM,
  sub: IDIOM,
  check: IDIOM,
  refcount_dec_not_one: IDIOM,
  try_module_get: opens('module_put'),
  module_free: IDIOM,
  sysfs_create: opens('sysfs_remove'),
  wait_external: call({ name: 'wait_for_outside_world' }),
  kernfs_get_active: opens('kernfs_put_active'),
  xa_alloc: call({ setsArgument: true }),
  init_list_head: call({ name: 'INIT_LIST_HEAD' }),
  read_once: call({ name: 'READ_ONCE' }),
  write_once: call({ name: 'WRITE_ONCE' }),
  list_next_entry: call({ setsArgument: true }),
  list_prev_entry: call({ setsArgument: true }),
  hlist_entry_safe: call({ setsArgument: true }),
  busy_pool: IDIOM,
  mutex_unlock_two_step: IDIOM,
  downgrade_write: IDIOM,
};

const lockCalls = LOCK_KINDS.flatMap(callsOn);

/** Whether an earlier operation is a step of the same call. */
const isLaterStep = (name: OpName): boolean =>
  OP_NAMES.slice(0, OP_NAMES.indexOf(name)).some((other) => {
    const { partOf } = specOf(other);
    return partOf !== undefined && partOf === specOf(name).partOf;
  });

function derived(name: OpName): Placement {
  if (isLaterStep(name)) return { by: 'step' };
  const { partOf } = specOf(name);
  const closedBy = lockCalls.find((lock) => lock.name === (partOf ?? name))?.closedBy;
  return call({
    ...(partOf === undefined ? {} : { name: partOf }),
    ...(closedBy === undefined ? {} : { closedBy: closedBy as OpName }),
  });
}

/** Placement of every operation. */
export const PLACEMENT: ReadonlyMap<OpName, Placement> = new Map(
  (OP_NAMES as readonly OpName[]).map((name) => [name, LISTED[name] ?? derived(name)]),
);

const names = [...PLACEMENT.keys()];

/** Operations that a generated program calls. */
export const CALLED: readonly OpName[] = names.filter((name) => PLACEMENT.get(name)?.by === 'call');
/** Those that take something, and those that give it back: alone they are mistakes. */
export const OPENERS = CALLED.filter((name) => callOf(name).closedBy !== undefined);
export const CLOSERS = CALLED.filter((name) => OPENERS.some((op) => callOf(op).closedBy === name));

export function callOf(name: OpName): Call {
  const placement = PLACEMENT.get(name);
  if (placement?.by !== 'call') throw new Error(`${name} is not called`);
  return placement;
}

/** Whether the call has a condition as its result: its only step does, or the last of its steps. */
export function isCondition(op: OpName): boolean {
  const { partOf } = specOf(op);
  const isStep = (name: string): boolean => partOf !== undefined && specOf(name).partOf === partOf;
  return OP_NAMES.some((name) => (name === op || isStep(name)) && specOf(name).branches === true);
}
