/** Lines of a model that no run executes. A line counts once, however often the code that stands there was inlined. */
import { operationsByLine, type SourceMap } from '@lastref/authoring';
import type { Unexecuted } from '@lastref/exploration';
import { specOf, tablesOf, type Program } from '@lastref/kernel';

export function unexecutedLines(
  program: Program,
  lines: SourceMap,
  unexecuted: readonly Unexecuted[],
): string[] {
  const dead = new Set(unexecuted.filter(({ what }) => what === 'step').map(({ pc }) => pc));
  const { bodyOf } = tablesOf(program);
  const isStep = (pc: number): boolean => {
    const operation = program.code[pc];
    const isPrologue = bodyOf[pc] === program.given;
    return operation !== undefined && !isPrologue && specOf(operation.op).local !== true;
  };
  return operationsByLine(lines).flatMap(({ file, line, operations }) => {
    const steps = operations.filter(isStep);
    return steps.length > 0 && steps.every((pc) => dead.has(pc)) ? [`${file}:${line}`] : [];
  });
}
