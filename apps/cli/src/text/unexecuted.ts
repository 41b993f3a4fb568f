/**
 * Code that no run executes, line by line. The compiler inlines calls, so one line may stand in several places: it counts
 * only if no run executes it in any of them. The prologue `given` is no part of a run, and nobody steps past a stay.
 */
import { stepText, type Unexecuted } from '@lastref/exploration';
import { tablesOf, type Program } from '@lastref/kernel';

export interface UnexecutedCode {
  readonly what: 'step' | 'branch' | 'fault';
  /** branch: the exit never taken. */
  readonly exit?: 'true' | 'false';
  readonly function: string;
  readonly file: string;
  readonly text: string;
}

type Line = Pick<UnexecutedCode, 'function' | 'file' | 'text'>;

export function unexecutedOf(
  program: Program,
  places: readonly Unexecuted[],
): readonly UnexecutedCode[] {
  const known = new Map<number, Unexecuted[]>();
  for (const place of places) known.set(place.pc, [...(known.get(place.pc) ?? []), place]);
  return [...linesOf(program).values()].flatMap(({ line, pcs }) => {
    const missing = pcs.map((pc) => known.get(pc) ?? []);
    if (missing.some((entries) => entries.length === 0)) return [];
    if (missing.every(([entry]) => entry?.what === 'step'))
      return [{ what: 'step' as const, ...line }];
    return exits(line, missing);
  });
}

/** What every place lacks that is executed at all; a place never executed lacks everything. */
function exits(line: Line, missing: readonly (readonly Unexecuted[])[]): UnexecutedCode[] {
  const executed = missing.filter(([entry]) => entry?.what !== 'step');
  return (executed[0] ?? [])
    .filter(({ what, exit }) =>
      executed.every((entries) =>
        entries.some((entry) => entry.what === what && entry.exit === exit),
      ),
    )
    .map(({ what, exit }) => ({ what, ...(exit === undefined ? {} : { exit }), ...line }));
}

function linesOf(program: Program): Map<string, { line: Line; pcs: number[] }> {
  const { bodyOf } = tablesOf(program);
  const lines = new Map<string, { line: Line; pcs: number[] }>();
  program.code.forEach((op, pc) => {
    const body = bodyOf[pc] ?? -1;
    if (pc === 0 || op.op === 'stay' || body === program.given) return;
    const fn = program.functions[program.frames[op.frame]?.fn ?? -1];
    const text = stepText(program, pc, program.bodies[body]);
    const line = { function: fn?.name ?? '?', file: fn?.file ?? '-', text };
    const key = JSON.stringify(line);
    const known = lines.get(key);
    if (known === undefined) lines.set(key, { line, pcs: [pc] });
    else known.pcs.push(pc);
  });
  return lines;
}
