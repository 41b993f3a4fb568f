/** A step of a run as an explanation names it, and the location that two steps share. */
import { at, isFreeOf, isWrite, objectTouched, slotTouched, type Trace } from '@lastref/kernel';
import type { StepRef } from './explanation.js';
import type { RecordedRun } from './recorded-run.js';

/** @param index of the step, from 0 */
export function stepRef({ steps }: RecordedRun, trace: Trace, index: number): StepRef {
  const { n, task, text, function: inside } = at(trace.steps, index);
  const { print } = at(steps, index);
  const frees = isFreeOf(print, objectTouched(print));
  const does =
    slotTouched(print) < 0 ? 'touches' : frees ? 'frees' : isWrite(print) ? 'writes' : 'reads';
  return { n, task: trace.tasks[task] ?? '', text, function: inside, does };
}

/** The slot that one of them is about and the other is about or wrote, or the object that one frees. */
export function sharedLocation(
  { machine, steps }: RecordedRun,
  first: number,
  second: number,
): string | null {
  const [a, b] = [at(steps, first), at(steps, second)];
  const name = (slot: number): string | null => machine.tables.layout.slots[slot]?.name ?? null;
  const [slotA, slotB] = [slotTouched(a.print), slotTouched(b.print)];
  if (slotA >= 0 && (slotA === slotB || b.writes.has(slotA))) return objectOrSlot(name(slotA));
  if (slotB >= 0 && a.writes.has(slotB)) return objectOrSlot(name(slotB));
  const freed = isFreeOf(a.print, objectTouched(b.print)) ? slotA : slotB;
  const frees =
    isFreeOf(a.print, objectTouched(b.print)) || isFreeOf(b.print, objectTouched(a.print));
  return frees ? objectOrSlot(name(freed)) : null;
}

/** The life of an object is the object itself. */
const objectOrSlot = (name: string | null): string | null => name?.replace(/\.life$/, '') ?? null;
