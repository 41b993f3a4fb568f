/** A token of C with its place; a comment with its text, because directives and the front matter are comments. */
import type { At } from './position.js';

export type TokenKind = 'name' | 'number' | 'string' | 'character' | 'punctuator' | 'other' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: At;
  /** First of its line. */
  readonly startsLine: boolean;
  /** White space or a comment stands before it. */
  readonly spaced: boolean;
  /** Macros it came out of, which it is no invocation of any more. */
  readonly hidden?: ReadonlySet<string>;
}

export interface Comment {
  readonly text: string;
  readonly at: At;
}

/** A punctuator or a word; never the contents of a string. */
export const isText = (token: Token, text: string): boolean =>
  token.text === text && token.kind !== 'string' && token.kind !== 'character';
