/**
 * Text to tokens, a logical line at a time: a line ended by a backslash goes on in the next. Comments are kept aside. What is
 * no token of C is kept as `other`, to be told of where it is used: in text that a condition leaves out it does not matter.
 */
import { LIMITS } from '../limits.js';
import { Fault } from './diagnostics.js';
import { START, type At } from './position.js';
import type { Comment, Token, TokenKind } from './token.js';

export interface Lexed {
  /** Tokens of each logical line that has any. */
  readonly lines: readonly (readonly Token[])[];
  readonly comments: readonly Comment[];
}

const GROUPS = {
  comment: String.raw`\/\*[\s\S]*?\*\/|\/\/(?:\\\r?\n|[^\n])*`,
  open: String.raw`\/\*`,
  name: String.raw`[A-Za-z_$][\w$]*`,
  number: String.raw`(?:0[xX][0-9a-fA-F]+|0[bB][01]+|\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)[uUlLfF]*`,
  string: String.raw`[LuU]?"(?:\\[\s\S]|[^"\\\n])*"`,
  character: String.raw`[LuU]?'(?:\\[\s\S]|[^'\\\n])*'`,
  joined: String.raw`\\[ \t]*\r?\n`,
  newline: String.raw`\r?\n`,
  space: String.raw`[ \t\f\v\r]+`,
  punctuator: String.raw`\.\.\.|<<=|>>=|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*\/%&|^]=|##|[-+*\/%&|^~!<>=?:;,.(){}[\]#]`,
  other: String.raw`[\s\S]`,
} as const;

type Group = keyof typeof GROUPS;

const NAMES = Object.keys(GROUPS) as Group[];
const PATTERN = NAMES.map((name) => `(?<${name}>${GROUPS[name]})`).join('|');
const KINDS: Partial<Record<Group, TokenKind>> = {
  name: 'name',
  number: 'number',
  string: 'string',
  character: 'character',
  punctuator: 'punctuator',
  other: 'other',
};

/** @throws Fault where the text is too long or a comment has no end */
export function lex(text: string, file: string): Lexed {
  if (text.length > LIMITS.fileChars)
    throw new Fault(
      START(file),
      `the file has more than ${LIMITS.fileChars} characters`,
      'cut out the functions that matter',
    );
  return new Lexer(text, file).run();
}

class Lexer {
  private readonly lines: Token[][] = [];
  private readonly comments: Comment[] = [];
  private current: Token[] = [];
  private line = 1;
  private lineStart = 0;
  private spaced = false;

  constructor(
    private readonly text: string,
    private readonly file: string,
  ) {}

  run(): Lexed {
    const pattern = new RegExp(PATTERN, 'gy');
    for (let match = pattern.exec(this.text); match !== null; match = pattern.exec(this.text)) {
      const { groups } = match;
      const group = NAMES.find((name) => groups?.[name] !== undefined) ?? 'other';
      this.take(group, match[0], match.index);
      if (pattern.lastIndex === this.text.length) break;
    }
    this.endLine();
    return { lines: this.lines, comments: this.comments };
  }

  private take(group: Group, text: string, index: number): void {
    const at: At = { file: this.file, line: this.line, column: index - this.lineStart + 1 };
    const kind = KINDS[group];
    if (kind !== undefined) {
      const startsLine = this.current.length === 0;
      this.current.push({ kind, text, at, startsLine, spaced: this.spaced });
      this.spaced = false;
    } else if (group === 'newline') this.endLine();
    else {
      this.spaced = true;
      if (group === 'comment') this.comments.push({ text, at });
      if (group === 'open') throw new Fault(at, 'this comment has no end', "add '*/'");
    }
    this.count(text, index);
  }

  private endLine(): void {
    if (this.current.length > 0) this.lines.push(this.current);
    this.current = [];
    this.spaced = false;
  }

  private count(text: string, index: number): void {
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      this.line++;
      this.lineStart = index + i + 1;
    }
  }
}
