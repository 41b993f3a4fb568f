/** What no run executes, by the exits that a search saw operations left by: so that a proof of nothing is visible. */
import { specOf, type Program } from '@lastref/kernel';

/** Something of the program that no run executes. */
export interface Unexecuted {
  readonly pc: number;
  readonly what: 'step' | 'branch' | 'fault';
  /** branch: the exit never taken. */
  readonly exit?: 'true' | 'false';
}

/** Bits of a step that was executed to its end, by any exit; one that failed took none. */
export const COMPLETED = 7;

/** @param coverage per operation: bits of the exits taken (1 next, 2 alt, 4 fault), or 8 where it failed */
export function unexecutedOf(program: Program, coverage: Uint8Array): Unexecuted[] {
  const given = reachableFrom(program, program.bodies[program.given]?.entry ?? 0);
  return program.code.flatMap((op, pc): Unexecuted[] => {
    const seen = coverage[pc] ?? 0;
    const { local, branches } = specTraits(op.op);
    if (pc === 0 || given.has(pc)) return [];
    if (seen === 0) return local && !branches ? [] : [{ pc, what: 'step' }];
    const missing: Unexecuted[] = [];
    if (branches && op.next !== op.alt) {
      if ((seen & 1) === 0) missing.push({ pc, what: 'branch', exit: 'true' });
      if ((seen & 2) === 0) missing.push({ pc, what: 'branch', exit: 'false' });
    }
    if (op.fault !== undefined && program.faults.budget > 0 && (seen & 4) === 0)
      missing.push({ pc, what: 'fault' });
    return missing;
  });
}

const specTraits = (op: Program['code'][number]['op']): { local: boolean; branches: boolean } => {
  const spec = specOf(op);
  return { local: spec.local === true, branches: spec.branches === true };
};

function reachableFrom(program: Program, entry: number): ReadonlySet<number> {
  const seen = new Set<number>();
  const stack = [entry];
  for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
    const op = program.code[pc];
    if (pc === 0 || seen.has(pc) || op === undefined) continue;
    seen.add(pc);
    stack.push(op.next, op.alt ?? op.next);
  }
  return seen;
}
