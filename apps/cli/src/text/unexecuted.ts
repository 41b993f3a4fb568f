/** Code that no run executes, in the words of the program: where it stands and which exit was never taken. */
import type { Unexecuted } from '@lastref/exploration';
import { describeOp, tablesOf, type Program } from '@lastref/kernel';

export interface UnexecutedCode {
  readonly what: 'step' | 'branch' | 'fault';
  /** branch: the exit never taken. */
  readonly exit?: 'true' | 'false';
  readonly function: string;
  readonly file: string;
  readonly text: string;
}

/** Inlined calls give one line of code several places; what is never executed in all of them counts once. */
export function unexecutedOf(program: Program, places: readonly Unexecuted[]): UnexecutedCode[] {
  const { bodyOf } = tablesOf(program);
  const known = new Map<string, UnexecutedCode>();
  for (const { pc, what, exit } of places) {
    const op = program.code[pc];
    const fn = program.functions[program.frames[op?.frame ?? -1]?.fn ?? -1];
    const code: UnexecutedCode = {
      what,
      ...(exit === undefined ? {} : { exit }),
      function: fn?.name ?? '?',
      file: fn?.file ?? '-',
      text: describeOp(program, pc, program.bodies[bodyOf[pc] ?? -1]),
    };
    known.set(JSON.stringify(code), code);
  }
  return [...known.values()];
}
