/** Reads the `expect` of a row (semantics section 4): clean, unreachable, or lists of kind@function. */
import { parseBug, type Bug } from '@lastref/exploration';
import { assert } from '@lastref/kernel';

/** One failure that is expected. */
export interface Pattern extends Bug {
  readonly text: string;
}

export type Expect =
  | { readonly kind: 'clean' }
  | { readonly kind: 'unreachable' }
  | {
      readonly kind: 'failures';
      /** Each occurs. */
      readonly all: readonly Pattern[];
      /** May occur; where `all` is empty at least one does. */
      readonly any: readonly Pattern[];
    };

/** The row is data of the project: one that cannot be read is a mistake in it. */
export function parseExpect(text: string): Expect {
  if (text === 'clean' || text === 'unreachable') return { kind: text };
  const lists = { all: [] as Pattern[], any: [] as Pattern[] };
  for (const part of text.split('|')) {
    const [name, list, ...rest] = part.split(':');
    assert(
      (name === 'all' || name === 'any') && list !== undefined && rest.length === 0,
      `'${text}' is no expectation: clean, unreachable, all:kind@function;... or any:...`,
    );
    lists[name].push(...list.split(';').map(parsePattern));
  }
  return { kind: 'failures', ...lists };
}

function parsePattern(text: string): Pattern {
  const bug = parseBug(text);
  assert(bug !== null, `'${text}' is no expected failure: write kind@function`);
  return { text, ...bug };
}

/** The failure whose reproduction the row's `min` speaks of. */
export const firstPattern = (expect: Expect): Pattern | undefined =>
  expect.kind === 'failures' ? [...expect.all, ...expect.any][0] : undefined;
