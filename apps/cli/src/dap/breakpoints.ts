/**
 * Where breakpoints come to lie: a line without a step moves on to the next one that has one, as debuggers do; what cannot be
 * hit says why.
 */
import { operationsByLine } from '@lastref/authoring';
import { isStepped, steppedFunctions } from '@lastref/exploration';
import { nearest } from '@lastref/kernel';
import type { Debuggee } from './debuggee.js';
import type { Listing } from './listing.js';

export interface LaidBreakpoint {
  readonly verified: boolean;
  readonly line?: number;
  readonly message?: string;
}

export interface SourceRef {
  readonly path?: string | undefined;
  readonly sourceReference?: number | undefined;
}

/** Replaces the breakpoints of a source. */
export function breakAtLines(
  debuggee: Debuggee,
  source: SourceRef,
  lines: readonly number[],
): LaidBreakpoint[] {
  const found = steppedLines(debuggee, source);
  if (typeof found === 'string') return lines.map(() => ({ verified: false, message: found }));
  const operations = new Set<number>();
  const laid = lines.map((line): LaidBreakpoint => {
    const here = [...found.keys()].filter((known) => known >= line).sort((a, b) => a - b)[0];
    if (here === undefined)
      return { verified: false, message: 'no step is written at this line or below it' };
    for (const pc of found.get(here) ?? []) operations.add(pc);
    return { verified: true, line: here };
  });
  debuggee.operationStops.set(keyOf(source), operations);
  return laid;
}

/** Replaces the functions that are stopped at. */
export function breakAtFunctions(debuggee: Debuggee, names: readonly string[]): LaidBreakpoint[] {
  const known = steppedFunctions(debuggee.program);
  debuggee.functionStops = new Set(names.filter((name) => known.has(name)));
  return names.map((name) => {
    if (known.has(name)) return { verified: true };
    const meant = nearest(name, [...known]);
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
    return { verified: false, message: `no step is in a function '${name}'${hint}` };
  });
}

const keyOf = ({ path, sourceReference }: SourceRef): string => path ?? `#${sourceReference ?? 0}`;

/** Operations that a task can stand at, by line; or why there are none. */
function steppedLines(
  debuggee: Debuggee,
  source: SourceRef,
): ReadonlyMap<number, readonly number[]> | string {
  const { program, lines, listings } = debuggee;
  const steppedOnly = (
    all: Iterable<readonly [number, readonly number[]]>,
  ): Map<number, number[]> =>
    new Map(
      [...all].flatMap(([line, operations]) => {
        const stepped = operations.filter((pc) => isStepped(program, pc));
        return stepped.length === 0 ? [] : [[line, stepped] as const];
      }),
    );
  const { sourceReference = 0, path } = source;
  if (sourceReference > 0) {
    const listing: Listing | undefined = listings.byReference(sourceReference);
    return listing === undefined ? `no source ${sourceReference}` : steppedOnly(listing.operations);
  }
  if (lines === undefined)
    return 'this program has no lines: break on functions, or in a listing of the call stack';
  if (!lines.files.includes(path ?? '')) return 'nothing of this program is written in this file';
  const written = operationsByLine(lines).filter(({ file }) => file === path);
  return steppedOnly(written.map(({ line, operations }) => [line, operations] as const));
}
