/**
 * Signals pending for a task (kernel/signal.c): any that it can handle, and fatal ones. Whom nobody sends a signal has no slot
 * for it, and never has one pending.
 */
import type { Kernel } from '../../operation/kernel.js';
import type { Step, Wait } from '../../operation/operation.js';
import { Row } from '../../operation/row.js';

export const enum Signal {
  ordinary = 1,
  fatal = 2,
}
export const SIGNALS_MAX = 3;

/** Whether a signal is pending; a fatal one if only those are asked for. */
export function isSignalled(m: Kernel, task: number, onlyFatal: boolean): boolean {
  const slot = m.tables.signalSlot[task] as number;
  if (slot < 0) return false;
  const pending = m.state[slot] as number;
  return (onlyFatal ? pending & Signal.fatal : pending) !== 0;
}

/** The step of a wait that a signal, or time, ends as well: what is waited for comes first, else it leaves by `alt`. */
export const unlessLeft =
  (until: Wait['until'], step: Step): Step =>
  (m, task, row, fault) =>
    until(m, task, row) ? step(m, task, row, fault) : (m.code[row + Row.alt] as number);

/** The same wait, left by a signal too: then nobody in particular has to end it, and it is part of no deadlock. */
export const orSignal = (wait: Wait, signal: 'any' | 'fatal'): Wait => ({
  ...wait,
  holders: 'unknown',
  endsBy: 'anyone',
  signal,
});
