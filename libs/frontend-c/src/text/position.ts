/** Where something stands in the author's files. Lines and columns count from 1; `#line` has been followed. */
export interface At {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** It came out of this macro; the position is that of the invocation. */
  readonly macro?: string;
}

export const START = (file: string): At => ({ file, line: 1, column: 1 });

export const atText = ({ file, line, column }: At): string => `${file}:${line}:${column}`;

/** By file in the order of first mention, then line, then column. */
export function comparePositions(files: readonly string[]): (a: At, b: At) => number {
  return (a, b) =>
    files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column;
}
