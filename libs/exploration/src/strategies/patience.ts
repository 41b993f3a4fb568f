/**
 * For how many contested steps a strategy may hold tasks back before it goes on as a uniform walk, so that no loop starves
 * the others: twice what the profile saw, and never less than the code takes without going round a loop twice.
 */
import { at, specOf, tablesOf, type Program } from '@lastref/kernel';
import { aheadOf } from './code/ahead.js';
import { entriesOf } from './code/starts.js';
import type { Profile } from './profile.js';

const FAIR_AFTER = 2;

/** Whether an operation is a step of its own. */
export const isStep =
  ({ code }: Program) =>
  (pc: number): boolean =>
    pc !== 0 && specOf(at(code, pc).op).local !== true;

export function patienceOf(program: Program, { contested }: Profile): number {
  const tables = tablesOf(program);
  const { most } = aheadOf(program, isStep(program));
  const all = tables.layout.tasks.reduce(
    (sum, actor) =>
      sum + 1 + Math.max(0, ...entriesOf(tables, actor).map((entry) => at(most, entry))),
    0,
  );
  return Math.max(FAIR_AFTER * contested, all);
}
