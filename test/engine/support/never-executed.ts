/** The steps of a small scenario that no run executes, as lines of kernel code. */
import { describeOp, tablesOf } from '@lastref/kernel';
import { prove } from '@lastref/exploration';
import { tiny, type TinyCase } from './tiny.js';

export function neverExecuted(spec: TinyCase): string[] {
  const program = tiny(spec);
  const { bodyOf } = tablesOf(program);
  const { unexecuted, complete } = prove(program);
  if (!complete) throw new Error('the program was not searched to its end');
  return unexecuted
    .filter(({ what }) => what === 'step')
    .map(({ pc }) => describeOp(program, pc, program.bodies[bodyOf[pc] ?? -1]));
}
