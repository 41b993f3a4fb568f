/**
 * The prologue of a case, run once when a machine is built: before time 0, it draws nothing, costs nothing, makes no
 * edges. It must end by itself: blocking, failing or running on is a mistake of the program, found by validation.
 */
import { LIMITS } from '../limits.js';
import { GivenError } from '../operation/outcome.js';
import { Exit, Row } from '../operation/row.js';
import { execute } from '../primitives/dispatch.js';
import type { Failure } from './failure.js';
import { recycle, type Recycling } from './recycle.js';
import { enabled } from './waiting.js';

type Prologue = Recycling & { readonly failure: Failure; pc: number; written: number };

export function runGiven(m: Prologue): void {
  const { program, layout, milestone } = m.tables;
  if (layout.given === null) return;
  const task = m.taskCount;
  let pc = m.runLocals(task, program.bodies[program.given]?.entry ?? 0);
  for (let steps = 0; pc !== 0; steps++) {
    m.pc = pc;
    m.written = 0;
    if (steps >= LIMITS.givenSteps) throw new GivenError('runs past its step limit');
    m.set(layout.given.pc, pc);
    if (!enabled(m, task)) throw new GivenError(`blocks at ${program.code[pc]?.op ?? ''}`);
    const row = pc << Row.shift;
    const next = execute(m, task, row, false, m.code[row + Row.op] as number);
    if (next === Exit.failed) throw new GivenError(`fails: ${m.failure.signature()}`);
    const reached = milestone[pc] as number;
    if (reached >= 0) m.set(reached, 1);
    pc = m.runLocals(task, next);
    if (m.zombies > 0) recycle(m);
  }
  for (let i = layout.slots.length; i < m.state.length; i++) m.set(i, 0);
  if (m.edges.heldBy(m, task) !== 0) throw new GivenError('ends with a lock held');
}
