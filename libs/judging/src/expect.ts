/** Reads the `expect` of a row (semantics section 4): clean, unreachable, or lists of kind@function. */
import { parseBug, type Bug } from '@lastref/exploration';

/** One failure that is expected. */
export interface Pattern extends Bug {
  readonly text: string;
}

export type Expect =
  | { readonly kind: 'clean' }
  | { readonly kind: 'unreachable' }
  /** A mistake in the row; it holds for nothing. */
  | { readonly kind: 'unreadable'; readonly message: string }
  | {
      readonly kind: 'failures';
      /** Each occurs. */
      readonly all: readonly Pattern[];
      /** May occur; where `all` is empty at least one does. */
      readonly any: readonly Pattern[];
    };

/** Names may hold a colon, as in C++; a row that cannot be read says so wherever it is compared. */
export function parseExpect(text: string): Expect {
  if (text === 'clean' || text === 'unreachable') return { kind: text };
  const lists = { all: [] as Pattern[], any: [] as Pattern[] };
  for (const part of text.split('|')) {
    const colon = part.indexOf(':');
    const name = part.slice(0, Math.max(colon, 0));
    if (name !== 'all' && name !== 'any')
      return unreadable(text, 'write clean, unreachable, all:kind@function;... or any:...');
    for (const item of part.slice(colon + 1).split(';')) {
      const bug = parseBug(item);
      if (bug === null) return unreadable(text, `'${item}' is no failure: write kind@function`);
      lists[name].push({ text: item, ...bug });
    }
  }
  return { kind: 'failures', ...lists };
}

const unreadable = (text: string, why: string): Expect => ({
  kind: 'unreadable',
  message: `the expectation '${text}' cannot be read: ${why}`,
});

/** The failure whose reproduction the row's `min` speaks of. */
export const firstPattern = (expect: Expect): Pattern | undefined =>
  expect.kind === 'failures' ? [...expect.all, ...expect.any][0] : undefined;
