/**
 * The words of JSON: reads one token of a text at a time, by RFC 8259 and nothing looser. Numbers are
 * integers within +-(2^53-1) without fraction or exponent, or shares such as 0.05 (what may be one is the schema's
 * affair: everything else that counts is declared an integer); strings are well-formed Unicode without
 * U+0000, because they end up in Postgres texts and in canonical JSON.
 */
export type Token =
  | { kind: 'punctuation'; text: '{' | '}' | '[' | ']' | ':' | ',' }
  | { kind: 'string'; value: string }
  | { kind: 'scalar'; value: number | boolean | null }
  | { kind: 'end' };

/** What is wrong, in words that complete "the body ...". */
export class ScanError extends Error {}

const WHITESPACE = /[ \t\n\r]*/y;
const WORD = /[-+.0-9A-Za-z_]+/y;
const INTEGER = /^-?(?:0|[1-9][0-9]*)$/;
/** Between 0 and 1, of so few digits that it is read exactly as it was written. */
const SHARE = /^0\.(?=0*[1-9])[0-9]{1,15}$/;
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/;
const SURROGATE = /\p{Surrogate}/u;

export class Scanner {
  private at = 0;

  constructor(private readonly text: string) {}

  /** Line and column of the next unread character, from 1. */
  position(): string {
    const before = this.text.slice(0, this.at);
    const line = before.split('\n').length;
    return `line ${line}, column ${this.at - before.lastIndexOf('\n')}`;
  }

  next(): Token {
    this.match(WHITESPACE);
    const character = this.text[this.at];
    switch (character) {
      case undefined:
        return { kind: 'end' };
      case '{':
      case '}':
      case '[':
      case ']':
      case ':':
      case ',':
        this.at += 1;
        return { kind: 'punctuation', text: character };
      case '"':
        return { kind: 'string', value: this.string() };
      default:
        return { kind: 'scalar', value: this.scalar(character) };
    }
  }

  private string(): string {
    const raw = this.text.slice(this.at, this.endOfString());
    this.at += raw.length;
    const value = unquote(raw);
    if (SURROGATE.test(value)) throw new ScanError('has a string with half a surrogate pair');
    if (value.includes('\u0000')) throw new ScanError('has a string with the character U+0000');
    return value;
  }

  /** The index after the closing quote; a plain loop, linear whatever the text holds. */
  private endOfString(): number {
    for (let i = this.at + 1; i < this.text.length; i += 1) {
      const character = this.text[i];
      if (character === '"') return i + 1;
      if (character === '\\') i += 1;
    }
    throw new ScanError('has a string that is not closed');
  }

  private scalar(character: string): number | boolean | null {
    const word = this.match(WORD);
    switch (word) {
      case undefined:
        throw new ScanError(`has ${JSON.stringify(character)} where a value is expected`);
      case 'true':
        return true;
      case 'false':
        return false;
      case 'null':
        return null;
      default:
        return this.number(word);
    }
  }

  private number(word: string): number {
    if (!NUMBER.test(word)) {
      throw new ScanError(`has "${word.slice(0, 40)}" where a value is expected`);
    }
    if (SHARE.test(word)) return Number(word);
    if (!INTEGER.test(word)) {
      throw new ScanError(`has the number ${word.slice(0, 40)}: only integers are accepted`);
    }
    const value = Number(word);
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
      throw new ScanError(
        `has the number ${word.slice(0, 40)}: only integers from -(2^53-1) to 2^53-1`,
      );
    }
    return value;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }
}

function unquote(raw: string): string {
  try {
    const value: unknown = JSON.parse(raw);
    if (typeof value === 'string') return value;
  } catch {
    // Reported below: the text between the quotes is the only thing that can be wrong.
  }
  throw new ScanError('has a string with a wrong escape or a control character');
}
