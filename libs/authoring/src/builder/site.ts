/**
 * Where the author wrote something. A site is taken whenever something is written and read only when something is to be
 * told of it, so it costs an Error and no text. It is the innermost frame of the call stack outside this library; a front
 * end that builds from another language says the position itself. Never part of a Program.
 */

/** A place in a source file; lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What a front end says of the operations it builds: their place, and the text that stands there. */
export interface SourceText extends Position {
  readonly text?: string;
}

/** One frame of a stack: `at f (file:1:2)` and `at file:1:2` of V8, `f@file:1:2` of others. */
const FRAME = /^(?:\s*at (?:.*? \()?|[^@]*@)(?:file:\/\/)?(.+?):(\d+):(\d+)\)?$/;
const SPEC = /\.(?:spec|fixture)\.[cm]?[jt]s$/;

function positions(stack: string | undefined): Position[] {
  return (stack ?? '').split('\n').flatMap((line) => {
    const [, file, row, column] = FRAME.exec(line) ?? [];
    return file === undefined ? [] : [{ file, line: Number(row), column: Number(column) }];
  });
}

/** The folder of this library, as stacks name it. */
const OWN = (positions(new Error().stack)[0]?.file ?? '').split('/').slice(0, -2).join('/');
const isOwn = ({ file }: Position): boolean => file.startsWith(`${OWN}/`) && !SPEC.test(file);

/** The author's innermost frame; none where the compiler itself is at work, whose caller is not the author. */
function author(stack: string | undefined): Position | null {
  for (const place of positions(stack)) {
    if (!isOwn(place)) return place;
    if (place.file.startsWith(`${OWN}/compile/`)) return null;
  }
  return null;
}

export class Site {
  /** @param said what a front end says. @param taken an error that was thrown there */
  constructor(
    private readonly said: SourceText | null = null,
    private readonly taken: Error = new Error(),
  ) {}

  get position(): Position | null {
    return this.said ?? author(this.taken.stack);
  }

  get text(): string {
    return this.said?.text ?? '';
  }

  /** The place in words, or an empty string where it is not known. */
  toString(): string {
    const place = this.position;
    return place === null ? '' : `${place.file}:${place.line}:${place.column}`;
  }
}

/** ` (file:line:column)`, or nothing where the place is not known. */
export const inBrackets = (site: Site | null | undefined): string => {
  const place = site?.toString() ?? '';
  return place === '' ? '' : ` (${place})`;
};

/** Two things of one name, each with its place. */
export const both = (
  first: string,
  a: Site | undefined,
  second: string,
  b: Site | undefined,
): string => `${first}${inBrackets(a)} and ${second}${inBrackets(b)}`;
