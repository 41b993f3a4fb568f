/**
 * The parser of a unit. Tolerant: a function that does not parse is kept without its body and reported, and reading goes on
 * behind it; so is everything else at file level.
 */
import type { Diagnostics } from '../text/diagnostics.js';
import { Fault } from '../text/diagnostics.js';
import type { Token } from '../text/token.js';
import type { Block, FileMacro, FunctionDef, FunctionType, Unit, Variable } from './ast.js';
import { Statements } from './statements.js';
import type { Declarator } from './types.js';
import { ATTRIBUTES, QUALIFIERS } from './words.js';

export const parse = (tokens: readonly Token[], diagnostics: Diagnostics): Unit =>
  new UnitParser(tokens, diagnostics).run();

class UnitParser extends Statements {
  private readonly functions = new Map<string, FunctionDef>();
  private readonly variables: Variable[] = [];
  private readonly macros: FileMacro[] = [];

  constructor(
    tokens: readonly Token[],
    private readonly diagnostics: Diagnostics,
  ) {
    super(tokens);
  }

  run(): Unit {
    while (!this.atEnd) {
      const start = this.index;
      const read = this.diagnostics.catch(() => {
        this.external();
        return true;
      });
      if (read === null) this.recover(start);
    }
    const { structs, typedefs, variables, functions, enums, macros } = this;
    return { structs, typedefs, variables, functions, enums, macros };
  }

  /** Goes behind what could not be read: the next semicolon or block at file level. */
  private recover(start: number): void {
    this.returnTo(start);
    const skipped = this.attempt(() => {
      while (!this.atEnd) {
        if (this.is('{')) {
          this.skipBalanced('{', '}');
          this.eat(';');
          return true;
        }
        if (this.is('(')) this.skipBalanced('(', ')');
        else if (this.next().text === ';') return true;
      }
      return true;
    });
    // A bracket that never closes: on at the next token, which may be the beginning of something.
    if (skipped === null) this.next();
  }

  private external(): void {
    if (this.eat(';')) return;
    this.attributes();
    if (this.eat(';')) return;
    if (this.fileMacro()) return;
    const { type, words } = this.specifiers(true);
    if (this.eat(';')) return;
    for (let first = true; ; first = false) {
      const index = this.index;
      const declared = this.declarator(type);
      if (first && declared.type.kind === 'function' && this.is('{')) {
        this.define(declared, declared.type, words);
        return;
      }
      if (words.has('typedef')) this.typedefs.set(declared.name ?? '', declared.type);
      else if (declared.type.kind !== 'function') {
        this.index = index;
        this.variables.push(this.variable(type, words));
      }
      if (this.eat(',')) continue;
      this.want(';');
      return;
    }
  }

  private define({ name, at }: Declarator, type: FunctionType, words: ReadonlySet<string>): void {
    const start = this.index;
    const key = name ?? '';
    let body: Block | null = null;
    try {
      body = this.block();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.diagnostics.add({
        ...error.diagnostic,
        message: `${key} cannot be read: ${error.message}`,
      });
      this.returnTo(start);
      const skipped = this.attempt(() => {
        this.skipBalanced('{', '}');
        return true;
      });
      if (skipped === null) while (!this.atEnd) this.next();
    }
    const earlier = this.functions.get(key);
    if (earlier !== undefined && earlier.body !== null && body !== null)
      this.diagnostics.add({
        severity: 'error',
        at,
        message: `${key} is defined twice; first in ${earlier.at.file}:${earlier.at.line}`,
      });
    const isInline = [...words].some((word) => word.includes('inline'));
    this.functions.set(key, { name: key, type, at, isInline, body });
  }

  /** `[static] NAME(...);` and asm at file level. */
  private fileMacro(): boolean {
    let k = 0;
    while (QUALIFIERS.has(this.token(k).text) || ATTRIBUTES.has(this.token(k).text)) k++;
    const name = this.token(k);
    if (!this.isName(k) || !this.is('(', k + 1) || this.isType(name.text)) return false;
    const close = this.closing(k + 1);
    const behind = this.token(close + 1);
    const ends = behind.text === ';' || behind.startsLine || behind.kind === 'end';
    if (close < 0 || !ends || this.is('{', close + 1)) return false;
    this.index += k + 1;
    const args = this.rawArguments();
    this.eat(';');
    this.macros.push({ name: name.text, args, at: name.at });
    return true;
  }
}
