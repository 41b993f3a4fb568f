/** Conditions: what an `if` or a loop asks, with both sides evaluated left to right and the second only if it is needed. */
import { Int, type Cond } from '@lastref/authoring';
import type { Expr } from '../syntax/ast.js';
import { Fault } from '../text/diagnostics.js';
import type { At } from '../text/position.js';
import { compared, mirrored, type Operator } from './operators.js';
import { Places } from './places.js';
import { conditionOf, type Value } from './values.js';

export abstract class Conditions extends Places {
  condition(e: Expr): Cond | boolean {
    const { f } = this;
    if (e.k === 'unary' && e.op === '!') {
      const c = this.condition(e.of);
      return typeof c === 'boolean' ? !c : f.not(c);
    }
    if (e.k === 'binary' && (e.op === '&&' || e.op === '||')) {
      const isAnd = e.op === '&&';
      const first = this.condition(e.left);
      if (typeof first === 'boolean') return first === isAnd ? this.condition(e.right) : first;
      const second = (): Cond => {
        const c = this.condition(e.right);
        return typeof c === 'boolean' ? this.always(c) : c;
      };
      return isAnd ? f.and(first, second) : f.or(first, second);
    }
    return this.truth(this.value(e), e.at).c;
  }

  /** A condition of the run that is known already. */
  private always(holds: boolean): Cond {
    return this.f.eq(this.f.var('constant', 1, holds ? 1 : 0), 1);
  }

  truth(value: Value, at: At): Value & { t: 'condition' } {
    const { f } = this;
    const known = (c: Cond | boolean): Value & { t: 'condition' } => ({ t: 'condition', c });
    switch (value.t) {
      case 'condition':
        return value;
      case 'int':
        return known(value.v instanceof Int ? f.ne(value.v, 0) : value.v !== 0);
      case 'null':
        return known(false);
      case 'pointer':
        return known(value.path === '' ? f.ne(value.ref, null) : true);
      case 'static':
      case 'address':
      case 'bits':
      case 'function':
        return known(true);
      case 'void':
      case 'opaque':
      case 'broken':
        throw new Fault(
          at,
          'the condition depends on something that is not modelled',
          'give a stub for the call, or define the struct it belongs to',
        );
    }
  }

  protected compare(op: Operator, left: Expr, right: Expr, at: At): Value {
    const a = this.hold(this.value(left), left.at);
    const b = this.hold(this.value(right), right.at);
    this.here(at);
    const pointers = [a, b].some(({ t }) => t === 'pointer' || t === 'null' || t === 'static');
    if (pointers) return conditionOf(this.comparePointers(op, a, b, at));
    const x = this.number(a, left.at);
    const y = this.number(b, right.at);
    if (x instanceof Int) return conditionOf(this.test(op, x, y));
    return conditionOf(y instanceof Int ? this.test(mirrored(op), y, x) : compared(op, x, y));
  }

  private test(op: Operator, a: Int, b: Int | number): Cond {
    const { f } = this;
    switch (op) {
      case '==':
        return f.eq(a, b);
      case '!=':
        return f.ne(a, b);
      case '<':
        return f.lt(a, b);
      case '<=':
        return f.le(a, b);
      case '>':
        return f.not(f.le(a, b));
      case '>=':
        return f.not(f.lt(a, b));
    }
  }

  private comparePointers(op: Operator, a: Value, b: Value, at: At): Cond | boolean {
    const { f } = this;
    if (op !== '==' && op !== '!=') throw new Fault(at, 'pointers can only be equal or not');
    const isNull = (value: Value): boolean =>
      value.t === 'null' || (value.t === 'int' && value.v === 0);
    const [first, second] = a.t === 'pointer' ? [a, b] : [b, a];
    let equal: Cond | boolean;
    if (first.t === 'pointer' && first.path === '' && isNull(second)) equal = f.eq(first.ref, null);
    else if (
      first.t === 'pointer' &&
      second.t === 'pointer' &&
      first.path === second.path &&
      first.ref.struct === second.ref.struct
    )
      equal = f.eq(first.ref, second.ref);
    else if (isNull(first) && isNull(second)) equal = true;
    else if (isNull(second) || isNull(first)) equal = false;
    else throw new Fault(at, 'these two pointers cannot be compared in the model');
    if (op === '==') return equal;
    return typeof equal === 'boolean' ? !equal : f.not(equal);
  }
}
