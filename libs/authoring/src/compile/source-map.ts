/**
 * Where the operations of a program were written: a table beside the Program, not in it, so that the digest goes on naming
 * behaviour. For a scenario in TypeScript the place is the author's line as stacks tell it; a front end gives its own.
 */
import type { Site } from '../builder/site.js';

export interface SourceMap {
  readonly files: readonly string[];
  /** Three numbers per operation: index of the file or -1 if none is known, line, column. */
  readonly at: Int32Array;
  /** Per operation: the text that a front end gave, or an empty string. */
  readonly text: readonly string[];
}

/** A line of the source, and the operations that came of it; inlined copies of one call stand together. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
  readonly operations: readonly number[];
}

const WIDTH = 3;
const LONGEST_TEXT = 80;

export function sourceMapOf(sites: readonly (Site | null)[]): SourceMap {
  const files: string[] = [];
  const at = new Int32Array(WIDTH * sites.length);
  sites.forEach((site, operation) => {
    const place = site?.position ?? null;
    let file = place === null ? -1 : files.indexOf(place.file);
    if (place !== null && file < 0) file = files.push(place.file) - 1;
    at.set([file, place?.line ?? 0, place?.column ?? 0], WIDTH * operation);
  });
  return { files, at, text: sites.map((site) => (site?.text ?? '').slice(0, LONGEST_TEXT)) };
}

/** `file:line:column` of an operation, or an empty string. */
export function placeOf({ files, at }: SourceMap, operation: number): string {
  const [file = -1, line = 0, column = 0] = at.subarray(
    WIDTH * operation,
    WIDTH * operation + WIDTH,
  );
  return file < 0 ? '' : `${files[file] ?? ''}:${line}:${column}`;
}

/** The operations by source line, in order of first appearance: what counts by line counts inlined copies as one. */
export function operationsByLine({ files, at }: SourceMap): SourceLine[] {
  const lines = new Map<string, { file: string; line: number; operations: number[] }>();
  for (let operation = 0; operation * WIDTH < at.length; operation++) {
    const [index = -1, line = 0] = at.subarray(WIDTH * operation, WIDTH * operation + 2);
    const file = files[index];
    if (file === undefined) continue;
    const known = lines.get(`${file}:${line}`);
    if (known === undefined) lines.set(`${file}:${line}`, { file, line, operations: [operation] });
    else known.operations.push(operation);
  }
  return [...lines.values()];
}
