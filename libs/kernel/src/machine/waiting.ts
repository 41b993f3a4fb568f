/** Whether a task can take its next step, and who is known to keep it from it: asked of the operation it stands at. */
import { isReady } from '../actors/idle.js';
import { OP_NAMES, specOf } from '../derived/catalogue.js';
import type { Kernel } from '../operation/kernel.js';
import type { Wait } from '../operation/operation.js';
import { Meta, Row } from '../operation/row.js';
import { passes } from '../primitives/dispatch.js';
import { atomicContext, interrupting } from '../primitives/support/contexts.js';
import { isSignalled } from '../primitives/support/signals.js';

type Ask<T> = (m: Kernel, task: number, row: number) => T;

const waits: readonly (Wait | null)[] = OP_NAMES.map((name) => {
  const { wait } = specOf(name);
  return wait === 'never' ? null : wait;
});
/** By operation: 1 where waiting for ever is no failure. */
const EXTERNAL = Uint8Array.from(waits, (wait) =>
  wait?.external === true || wait?.signal !== undefined ? 1 : 0,
);
const HOLDERS: readonly Ask<number>[] = waits.map((wait) =>
  wait === null || wait.holders === 'unknown' ? (): number => 0 : wait.holders,
);

/** Bits of the classes of locks that the task holds and must not sleep with. */
export const spinningHeld = (m: Kernel, task: number): number =>
  m.edges.heldBy(m, task) & m.tables.spinClasses;

const mustNotSleep = (m: Kernel, task: number): boolean =>
  spinningHeld(m, task) !== 0 || atomicContext(m, task) >= 0;

/** Whether the task can take its next step, if nothing interrupts it. A dead or NULL resource does not block: locking it reports it. */
export function enabled(m: Kernel, task: number): boolean {
  const pc = m.state[m.pcSlot[task] as number] as number;
  if (pc === 0) {
    const actor = m.tables.layout.tasks[task];
    return actor !== undefined && isReady(m, task, actor);
  }
  const row = pc << Row.shift;
  const meta = m.code[row + Row.meta] as number;
  if ((meta & Meta.sleeps) !== 0 && mustNotSleep(m, task)) return true;
  if ((meta & Meta.waits) === 0 || passes(m, task, row, m.code[row + Row.op] as number))
    return true;
  if ((meta & (Meta.interruptible | Meta.killable)) === 0) return false;
  return isSignalled(m, task, (meta & Meta.interruptible) === 0);
}

/** Bit mask of the tasks known to hold what a blocked task waits for. */
export function holders(m: Kernel, task: number): number {
  const row = (m.state[m.pcSlot[task] as number] as number) << Row.shift;
  return (HOLDERS[m.code[row + Row.op] as number] as Ask<number>)(m, task, row);
}

/** Like holders(), 0 for a task that is idle or not blocked. What interrupts a task keeps it waiting too. */
export function holdersOf(m: Kernel, task: number): number {
  const pc = m.state[m.pcSlot[task] as number] as number;
  if (pc === 0) return 0;
  const above = m.tables.hasInterrupts ? interrupting(m, task) : 0;
  return enabled(m, task) ? above : above | holders(m, task);
}

/** The wait of the operation at `pc`; null if it never waits. */
export const waitAt = (m: Kernel, pc: number): Wait | null =>
  waits[m.code[(pc << Row.shift) + Row.op] as number] ?? null;

/** Class of the lock a blocked task waits to take, as lockdep sees it; -1 if it waits for something else. */
export function wantedClass(m: Kernel, task: number): number {
  const row = (m.state[m.pcSlot[task] as number] as number) << Row.shift;
  return ((m.code[row + Row.meta] as number) & Meta.acquires) !== 0
    ? (m.code[row + Row.lock] as number)
    : -1;
}

/** Whether waiting here for ever is no failure: idle, parked in user mode, waiting for the outside world, or until a signal. */
export function mayWaitForEver(m: Kernel, task: number): boolean {
  const pc = m.state[m.pcSlot[task] as number] as number;
  return pc === 0 || EXTERNAL[m.code[(pc << Row.shift) + Row.op] as number] === 1;
}
