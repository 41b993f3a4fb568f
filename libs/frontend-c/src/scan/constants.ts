/** Values that are known while reading: literals, enum constants, error codes, and arithmetic on them. */
import { nearest } from '@lastref/kernel';
import type { Expr, Unit } from '../syntax/ast.js';
import { binaryValue } from '../text/numbers.js';
import { ERRNO } from './errno.js';

export class Constants {
  constructor(private readonly unit: Unit) {}

  /** null: it is none. */
  valueOf(e: Expr): number | null {
    switch (e.k) {
      case 'number':
        return e.value;
      case 'name':
        return this.named(e.name);
      case 'cast':
        return this.valueOf(e.of);
      case 'unary':
        return this.unary(e.op, this.valueOf(e.of));
      case 'binary': {
        const left = this.valueOf(e.left);
        const right = this.valueOf(e.right);
        return left === null || right === null ? null : binaryValue(e.op, left, right);
      }
      case 'conditional': {
        const condition = this.valueOf(e.condition);
        if (condition === null) return null;
        return condition === 0 ? this.valueOf(e.otherwise) : this.valueOf(e.then ?? e.condition);
      }
      case 'field':
      case 'call':
      case 'step':
      case 'assign':
      case 'initializer':
      case 'string':
      case 'comma':
      case 'index':
      case 'sizeof':
      case 'compound':
      case 'statements':
      case 'type':
      case 'raw':
        return null;
    }
  }

  private named(name: string): number | null {
    if (name === 'true') return 1;
    if (name === 'false') return 0;
    const errno = ERRNO[name];
    if (errno !== undefined) return errno;
    return this.unit.enums.has(name) ? this.enumerator(name) : null;
  }

  /** Enumerators count on from the one before. */
  private enumerator(name: string): number | null {
    let on = 0;
    for (let at: string | null = name; at !== null; on++) {
      const found = this.unit.enums.get(at);
      if (found === undefined) return null;
      if (found.value !== null) {
        const value = this.valueOf(found.value);
        return value === null ? null : value + on;
      }
      at = found.previous;
    }
    return on - 1;
  }

  private unary(op: string, value: number | null): number | null {
    if (value === null) return null;
    switch (op) {
      case '-':
        return 0 - value;
      case '+':
        return value;
      case '!':
        return value === 0 ? 1 : 0;
      case '~':
        return ~value;
    }
    return null;
  }

  /** What may have been meant by a name that is not known. */
  nearestErrno(name: string): string | undefined {
    return /^E[A-Z0-9]+$/.test(name) ? nearest(name, Object.keys(ERRNO)) : undefined;
  }
}
