/**
 * Data races, where the program asks for them: a step on a location that the next step of another task, enabled now, is on as
 * well, one of them writing and one of them unmarked (tools/memory-model/Documentation/access-marking.txt, kernel/kcsan). What
 * two steps touch is compared by slot, of integers, pointers and counters; links of lists and tables are not looked at.
 * A report and no more: both orders of the two are explored like any others.
 */
import { nextFootprint, isWrite, slotTouched } from '../derived/footprint.js';
import { specOf } from '../derived/catalogue.js';
import type { Kernel } from '../operation/kernel.js';
import { Meta, Row } from '../operation/row.js';
import { waitName } from './signature.js';

/** @param enabled tasks that can run. @returns the signatures of the races that the task's next step is in */
export function racesOf(m: Kernel, task: number, enabled: number): string[] {
  const races: string[] = [];
  const mine = nextFootprint(m, task);
  const pc = pcOf(m, task);
  for (let rest = enabled & ~(1 << task); rest !== 0; rest &= rest - 1) {
    const other = 31 - Math.clz32(rest & -rest);
    const otherPc = pcOf(m, other);
    if (((m.code[(otherPc << Row.shift) + Row.meta] as number) & Meta.races) === 0) continue;
    const theirs = nextFootprint(m, other);
    if (slotTouched(theirs) !== slotTouched(mine) || slotTouched(mine) < 0) continue;
    if (!isWrite(mine) && !isWrite(theirs)) continue;
    if (isPlain(m, pc) || isPlain(m, otherPc)) races.push(spell(m, [pc, otherPc]));
  }
  return races;
}

const pcOf = (m: Kernel, task: number): number => m.state[m.pcSlot[task] as number] as number;

const isPlain = (m: Kernel, pc: number): boolean =>
  specOf(m.tables.program.code[pc]?.op ?? '').plain === true;

/** Both accesses as function(location), in alphabetical order. */
const spell = ({ tables }: Kernel, pcs: readonly number[]): string =>
  `data-race@${pcs
    .map((pc) => waitName(tables, tables.fn[pc] as number, pc))
    .sort()
    .join('+')}`;
