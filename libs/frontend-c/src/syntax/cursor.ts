/** A place among the tokens, and what every part of the parser does with it. Depth and steps back are bounded. */
import { LIMITS } from '../limits.js';
import { Fault } from '../text/diagnostics.js';
import { START, type At } from '../text/position.js';
import { isText, type Token } from '../text/token.js';

export class Cursor {
  protected index = 0;
  private depth = 0;
  private attempts = 0;
  private readonly end: Token;

  constructor(private readonly tokens: readonly Token[]) {
    const last = tokens[tokens.length - 1];
    const at = last?.at ?? START('-');
    this.end = { kind: 'end', text: 'the end of the file', at, startsLine: true, spaced: true };
  }

  protected token(ahead = 0): Token {
    return this.tokens[this.index + ahead] ?? this.end;
  }

  protected get at(): At {
    return this.token().at;
  }

  protected get atEnd(): boolean {
    return this.token().kind === 'end';
  }

  protected is(text: string, ahead = 0): boolean {
    return isText(this.token(ahead), text);
  }

  protected isName(ahead = 0): boolean {
    return this.token(ahead).kind === 'name';
  }

  protected next(): Token {
    const token = this.token();
    if (token.kind !== 'end') this.index++;
    return token;
  }

  protected eat(text: string): boolean {
    if (!this.is(text)) return false;
    this.index++;
    return true;
  }

  protected want(text: string): Token {
    if (!this.is(text)) throw this.expected(`'${text}'`);
    return this.next();
  }

  protected wantName(what: string): Token {
    if (!this.isName()) throw this.expected(what);
    return this.next();
  }

  protected expected(what: string): Fault {
    const { kind, text } = this.token();
    return new Fault(this.at, `${what} expected before ${kind === 'end' ? text : `'${text}'`}`);
  }

  /** Runs code that calls itself: so deep and no deeper. */
  protected nested<T>(code: () => T): T {
    if (++this.depth > LIMITS.nesting) {
      this.depth = 0;
      throw new Fault(this.at, `nested deeper than ${LIMITS.nesting}`, 'split it');
    }
    const result = code();
    this.depth--;
    return result;
  }

  /** What the code reads, or null and back where it cannot. */
  protected attempt<T>(code: () => T | null): T | null {
    if (++this.attempts > LIMITS.attempts)
      throw new Fault(
        this.at,
        'this unit takes too long to read',
        'cut out the functions that matter',
      );
    const { index, depth } = this;
    try {
      const read = code();
      if (read !== null) return read;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
    this.index = index;
    this.depth = depth;
    return null;
  }

  /** Back to a place, after a Fault. */
  protected returnTo(index: number): void {
    this.index = index;
    this.depth = 0;
  }

  /** Passes a bracket and everything in it. */
  protected skipBalanced(open: string, close: string): void {
    const { at } = this;
    let depth = 0;
    do {
      if (this.atEnd) throw new Fault(at, `'${close}' is missing`);
      if (this.is(open)) depth++;
      else if (this.is(close)) depth--;
      this.index++;
    } while (depth > 0);
  }

  /** How many tokens ahead the bracket that opens `ahead` closes; -1 if it does not. */
  protected closing(ahead: number): number {
    let depth = 0;
    for (let k = ahead; this.token(k).kind !== 'end'; k++) {
      if (this.is('(', k)) depth++;
      else if (this.is(')', k) && --depth === 0) return k;
    }
    return -1;
  }

  /** Arguments as tokens, split at the outer commas. */
  protected rawArguments(): Token[][] {
    this.want('(');
    const args: Token[][] = [[]];
    for (let depth = 0; ;) {
      if (this.atEnd) throw this.expected("')'");
      const token = this.next();
      if (token.kind === 'punctuator') {
        if ('([{'.includes(token.text)) depth++;
        if (')]}'.includes(token.text) && --depth < 0) return args;
        if (token.text === ',' && depth === 0) {
          args.push([]);
          continue;
        }
      }
      args[args.length - 1]?.push(token);
    }
  }
}
