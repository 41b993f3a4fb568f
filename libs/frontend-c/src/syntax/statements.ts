/** Statements and local declarations. `NAME(...)` before a statement is an iterator or a guard. */
import type { At } from '../text/position.js';
import type { Block, Declaration, Expr, Stmt, Variable } from './ast.js';
import { Expressions } from './expressions.js';

/** Macros that stand before a statement that is not in braces. */
const ITERATOR = /for_each|foreach|scoped_guard|scoped_cond_guard|^for_|^while_/;

export abstract class Statements extends Expressions {
  protected override block(): Block {
    return this.nested(() => {
      const { at } = this.want('{');
      const list: Stmt[] = [];
      while (!this.is('}')) {
        if (this.atEnd) throw this.expected("'}'");
        list.push(this.statement());
      }
      this.want('}');
      return { k: 'block', list, at };
    });
  }

  protected statement(): Stmt {
    return this.nested(() => this.anyStatement());
  }

  private anyStatement(): Stmt {
    const { kind, text, at } = this.token();
    if (this.is('{')) return this.block();
    if (this.eat(';')) return { k: 'empty', at };
    if (kind !== 'name') return this.expressionStatement(at);
    const word = this.keyword(text, at);
    if (word !== null) return word;
    if (this.is(':', 1)) {
      this.next();
      this.next();
      this.attributes();
      return { k: 'label', name: text, body: this.labelled(), at };
    }
    const iterator = this.iterator(text, at);
    if (iterator !== null) return iterator;
    if (this.startsDeclaration()) return this.declaration();
    return this.expressionStatement(at);
  }

  private expressionStatement(at: At): Stmt {
    const of = this.expression();
    // A macro that brings its own semicolon.
    if (
      !this.is(';') &&
      this.token().startsLine &&
      of.k === 'call' &&
      /^[A-Z_0-9]+$/.test(nameOf(of.callee))
    )
      return { k: 'expression', of, at };
    this.want(';');
    return { k: 'expression', of, at };
  }

  /** What stands behind a label, which may be the end of the block. */
  private labelled(): Stmt {
    return this.is('}') ? { k: 'empty', at: this.at } : this.statement();
  }

  private iterator(name: string, at: At): Stmt | null {
    if (!this.is('(', 1)) return null;
    const close = this.closing(1);
    if (close < 0 || this.is(';', close + 1)) return null;
    if (!ITERATOR.test(name) && !this.is('{', close + 1)) return null;
    this.next();
    const args = this.arguments();
    return { k: 'iterator', name, args, body: this.statement(), at };
  }

  private inBrackets(): Expr {
    this.want('(');
    const e = this.expression();
    this.want(')');
    return e;
  }

  private keyword(text: string, at: At): Stmt | null {
    switch (text) {
      case 'if': {
        this.next();
        const condition = this.inBrackets();
        const then = this.statement();
        return {
          k: 'if',
          condition,
          then,
          otherwise: this.eat('else') ? this.statement() : null,
          at,
        };
      }
      case 'while': {
        this.next();
        const condition = this.inBrackets();
        const body = this.statement();
        return { k: 'loop', first: null, condition, after: null, bodyFirst: false, body, at };
      }
      case 'do': {
        this.next();
        const body = this.statement();
        this.want('while');
        const condition = this.inBrackets();
        this.want(';');
        return { k: 'loop', first: null, condition, after: null, bodyFirst: true, body, at };
      }
      case 'for':
        return this.forLoop();
      case 'switch': {
        this.next();
        const of = this.inBrackets();
        return { k: 'switch', of, body: this.statement(), at };
      }
      case 'case': {
        this.next();
        const value = this.constant();
        const to = this.eat('...') ? this.constant() : null;
        this.want(':');
        return { k: 'case', value, to, body: this.labelled(), at };
      }
      case 'default': {
        this.next();
        this.want(':');
        return { k: 'case', value: null, to: null, body: this.labelled(), at };
      }
      case 'return': {
        this.next();
        const of = this.is(';') ? null : this.expression();
        this.want(';');
        return { k: 'return', of, at };
      }
      case 'goto': {
        this.next();
        const label = this.wantName('a label').text;
        this.want(';');
        return { k: 'goto', label, at };
      }
      case 'break':
      case 'continue':
        this.next();
        this.want(';');
        return { k: text, at };
      case 'asm':
      case '__asm__':
        while (!this.is('(') && !this.atEnd) this.next();
        this.skipBalanced('(', ')');
        this.want(';');
        return { k: 'asm', at };
      case '__label__':
        while (!this.eat(';') && !this.atEnd) this.next();
        return { k: 'empty', at };
    }
    return null;
  }

  private forLoop(): Stmt {
    const { at } = this.next();
    this.want('(');
    let first: Stmt | null = null;
    if (this.startsDeclaration()) first = this.declaration();
    else {
      if (!this.is(';')) first = { k: 'expression', of: this.expression(), at };
      this.want(';');
    }
    const condition = this.is(';') ? null : this.expression();
    this.want(';');
    const after = this.is(')') ? null : this.expression();
    this.want(')');
    return { k: 'loop', first, condition, after, bodyFirst: false, body: this.statement(), at };
  }

  protected declaration(): Declaration {
    const { at } = this;
    const { type, words } = this.specifiers();
    const variables: Variable[] = [];
    if (!this.is(';'))
      do variables.push(this.variable(type, words));
      while (this.eat(','));
    this.want(';');
    return { k: 'declaration', variables, at };
  }

  protected variable(base: Variable['type'], words: ReadonlySet<string>): Variable {
    const { name, type, at, cleanup } = this.declarator(base);
    const value = this.eat('=') ? this.initializer() : null;
    this.attributes();
    return {
      name: name ?? '',
      type,
      value,
      at,
      cleanup,
      isExtern: words.has('extern'),
      isStatic: words.has('static'),
    };
  }
}

const nameOf = (e: Expr): string => (e.k === 'name' ? e.name : '');
