/** Expressions, with the GNU forms that kernel code uses, and the arguments of macros that are no expressions. */
import { integerOf, PRECEDENCE } from '../text/numbers.js';
import type { At } from '../text/position.js';
import type { Token } from '../text/token.js';
import type { Block, Expr } from './ast.js';
import { Types } from './types.js';
import { ASSIGNMENTS, KEYWORDS } from './words.js';

export abstract class Expressions extends Types {
  protected abstract block(): Block;

  protected override expression(): Expr {
    let left = this.assignment();
    while (this.is(',')) {
      const { at } = this.next();
      left = { k: 'comma', first: left, second: this.assignment(), at };
    }
    return left;
  }

  protected assignment(): Expr {
    return this.nested(() => {
      const left = this.constant();
      const { kind, text, at } = this.token();
      if (kind !== 'punctuator' || !ASSIGNMENTS.has(text)) return left;
      this.next();
      const right = this.is('{') ? this.initializer() : this.assignment();
      return { k: 'assign', op: text, left, right, at };
    });
  }

  protected override constant(): Expr {
    const condition = this.binary(1);
    if (!this.is('?')) return condition;
    const { at } = this.next();
    return this.nested(() => {
      const then = this.is(':') ? null : this.expression();
      this.want(':');
      return { k: 'conditional', condition, then, otherwise: this.constant(), at };
    });
  }

  private binary(least: number): Expr {
    let left = this.unary();
    for (;;) {
      const { kind, text, at } = this.token();
      const precedence = kind === 'punctuator' ? PRECEDENCE[text] : undefined;
      if (precedence === undefined || precedence < least) return left;
      this.next();
      left = { k: 'binary', op: text, left, right: this.binary(precedence + 1), at };
    }
  }

  private unary(): Expr {
    return this.nested(() => this.prefixed());
  }

  private prefixed(): Expr {
    const { kind, text, at } = this.token();
    if (kind === 'name' && /^(sizeof|_Alignof|__alignof__)$/.test(text)) return this.size(at);
    if (kind !== 'punctuator') return this.postfix(this.primary());
    if (/^[!~\-+*&]$/.test(text)) {
      this.next();
      return { k: 'unary', op: text, of: this.unary(), at };
    }
    if (text === '++' || text === '--') {
      this.next();
      return { k: 'step', op: text, prefix: true, of: this.unary(), at };
    }
    if (text === '(' && this.startsType(1)) {
      const cast = this.attempt(() => this.cast(at));
      if (cast !== null) return cast;
    }
    return this.postfix(this.primary());
  }

  private cast(at: At): Expr {
    this.want('(');
    const type = this.typeName();
    this.want(')');
    if (this.is('{')) return this.postfix({ k: 'compound', type, value: this.initializer(), at });
    return { k: 'cast', type, of: this.unary(), at };
  }

  private size(at: At): Expr {
    this.next();
    const isType =
      this.is('(') &&
      (this.startsType(1) || (this.isName(1) && this.is('*', 2) && this.is(')', 3)));
    const of = isType
      ? this.attempt(() => {
          this.want('(');
          const type = this.typeName();
          this.want(')');
          return type;
        })
      : null;
    return { k: 'sizeof', of: of ?? this.unary(), at };
  }

  private postfix(first: Expr): Expr {
    let e = first;
    for (;;) {
      const { text, kind, at } = this.token();
      if (kind !== 'punctuator') return e;
      if (text === '(') e = { k: 'call', callee: e, args: this.arguments(), at: e.at };
      else if (text === '[') {
        this.next();
        e = { k: 'index', of: e, index: this.expression(), at };
        this.want(']');
      } else if (text === '.' || text === '->') {
        this.next();
        const name = this.wantName('the name of a field');
        e = { k: 'field', of: e, name: name.text, arrow: text === '->', at: name.at };
      } else if (text === '++' || text === '--') {
        this.next();
        e = { k: 'step', op: text, prefix: false, of: e, at };
      } else return e;
    }
  }

  protected arguments(): Expr[] {
    this.want('(');
    const args: Expr[] = [];
    while (!this.is(')')) {
      if (this.is(',')) args.push({ k: 'raw', tokens: [], at: this.next().at });
      else {
        args.push(this.nested(() => this.argument()));
        if (!this.eat(',')) break;
      }
    }
    this.want(')');
    return args;
  }

  private argument(): Expr {
    const { at } = this;
    if (this.is('{')) return this.initializer();
    const type = this.startsType()
      ? this.attempt((): Expr | null => {
          const read = this.typeName();
          return this.is(',') || this.is(')') ? { k: 'type', type: read, at } : null;
        })
      : null;
    if (type !== null) return type;
    const { index } = this;
    const value = this.attempt(() => {
      const e = this.assignment();
      return this.is(',') || this.is(')') ? e : null;
    });
    if (value !== null) return value;
    const raw = this.raw();
    // Nothing but a macro takes what is no expression; what names no macro should say what is wrong.
    if (raw.length > 0 && raw.length <= 3) return { k: 'raw', tokens: raw, at };
    this.index = index;
    return this.assignment();
  }

  private raw(): Token[] {
    const tokens: Token[] = [];
    for (let depth = 0; !this.atEnd;) {
      const { kind, text } = this.token();
      if (kind === 'punctuator') {
        if (depth === 0 && (text === ',' || text === ';')) break;
        if ('([{'.includes(text)) depth++;
        if (')]}'.includes(text) && --depth < 0) break;
      }
      tokens.push(this.next());
    }
    return tokens;
  }

  protected initializer(): Expr {
    if (!this.is('{')) return this.assignment();
    return this.nested(() => {
      const { at } = this.want('{');
      const entries: { field: string | null; value: Expr }[] = [];
      while (!this.is('}')) {
        entries.push({ field: this.designator(), value: this.initializer() });
        if (!this.eat(',')) break;
      }
      this.want('}');
      return { k: 'initializer', entries, at };
    });
  }

  private designator(): string | null {
    if (this.isName() && this.is(':', 1)) {
      const { text } = this.next();
      this.next();
      return text;
    }
    if (!this.is('.') && !this.is('[')) return null;
    const path: string[] = [];
    while (this.is('.') || this.is('[')) {
      if (this.eat('.')) path.push(this.wantName('the name of a field').text);
      else {
        this.want('[');
        this.constant();
        if (this.eat('...')) this.constant();
        this.want(']');
      }
    }
    this.want('=');
    return path.join('.');
  }

  private primary(): Expr {
    const { kind, text, at } = this.token();
    switch (kind) {
      case 'name':
        if (KEYWORDS.has(text)) throw this.expected('an expression');
        this.next();
        if (this.token().kind === 'string') return this.strings(at);
        return { k: 'name', name: text, at };
      case 'number': {
        this.next();
        const value = integerOf(text);
        // A float is nothing that a model can look at.
        return value === null ? { k: 'string', at } : { k: 'number', value, at };
      }
      case 'character':
        this.next();
        return { k: 'number', value: text.charCodeAt(1), at };
      case 'string':
        return this.strings(at);
      case 'punctuator':
      case 'other':
      case 'end':
        break;
    }
    if (!this.is('(')) throw this.expected('an expression');
    this.next();
    if (this.is('{')) {
      const block = this.block();
      this.want(')');
      return { k: 'statements', block, at };
    }
    const e = this.expression();
    this.want(')');
    return e;
  }

  /** Strings beside each other, with macros of other headers between them. */
  private strings(at: At): Expr {
    for (;;) {
      if (this.token().kind === 'string') this.next();
      else if (this.isName() && (this.token(1).kind === 'string' || /^PRI/.test(this.token().text)))
        this.next();
      else return { k: 'string', at };
    }
  }
}
