/**
 * What would be enough, where exchanging two steps is not: the least call that the second step stands in which, over before the first
 * step, leaves no run with the signature. A lock or a wait around that call against the first step mends the run.
 */
import { at, type Program } from '@lastref/kernel';
import type { Pair } from './adjacent-pairs.js';
import type { Outlook } from './outlook.js';
import type { Path } from './path.js';
import type { RecordedRun } from './recorded-run.js';

/** Steps that a call may take to be over. */
const CALL_STEPS_MAX = 1_000;

/** The function's name, or null if there is none. @param before the path on which the second step was not taken yet */
export function enoughFor(
  program: Program,
  before: Path,
  { steps }: RecordedRun,
  { first, second }: Pair,
  outlook: Outlook,
): string | null {
  const move = at(steps, second);
  let path: Path | null = before;
  for (const frame of framesOf(program, move.pc)) {
    for (let n = 0; path?.standing === 'open' && n < CALL_STEPS_MAX; n++) {
      if (!framesOf(program, path.pcOf(move.task)).includes(frame)) break;
      path = path.after({ task: move.task, fault: false });
    }
    if (path?.standing !== 'open') return null;
    const behind: Path = path.after(at(steps, first)) ?? path;
    const fails =
      behind.standing === 'met' || (behind.standing === 'open' && outlook.meets(behind.state));
    if (!fails) return program.functions[at(program.frames, frame).fn]?.name ?? null;
  }
  return null;
}

/** The calls that an operation stands in, innermost first. */
function framesOf({ code, frames }: Program, pc: number): number[] {
  const found: number[] = [];
  for (let f = code[pc]?.frame ?? -1; f >= 0; f = at(frames, f).caller) found.push(f);
  return found;
}
