/** Expressions, evaluated left to right: each access of shared memory is a step, everything else is free. */
import { Int } from '@lastref/authoring';
import { targetOf } from '../scan/kinds.js';
import { textOf } from '../scan/walk.js';
import type { CType, Expr } from '../syntax/ast.js';
import { Fault } from '../text/diagnostics.js';
import type { At } from '../text/position.js';
import { Invocations } from './invocations.js';
import {
  conditionOf,
  intValue,
  NULL_POINTER,
  OPAQUE,
  VOID,
  type Located,
  type Slot,
  type Value,
  type Want,
} from './values.js';

export abstract class Expressions extends Invocations {
  override value(e: Expr, want: Want = null): Value {
    const constant = this.constant(e);
    if (constant !== null) return constant;
    switch (e.k) {
      case 'name':
      case 'field':
        return this.load(this.located(e), e.at);
      case 'cast':
        return this.value(e.of, this.wanted(e.type) ?? want);
      case 'comma':
        this.effect(e.first);
        return this.value(e.second, want);
      case 'unary':
        return this.unary(e.op, e.of, e.at);
      case 'step':
        return this.step(e);
      case 'binary':
        return this.binary(e.op, e.left, e.right, e.at);
      case 'assign':
        return this.assigned(e);
      case 'conditional':
        return this.choice(e);
      case 'call':
        return this.call(e, want);
      case 'string':
      case 'sizeof':
      case 'index':
        return OPAQUE;
      case 'statements':
        this.statement({ body: e.block });
        return VOID;
      case 'number':
      case 'initializer':
      case 'compound':
      case 'type':
      case 'raw':
        throw new Fault(e.at, `'${textOf(e)}' is not supported here`);
    }
  }

  /** Evaluates for the effect only. */
  protected effect(e: Expr): void {
    const value = this.value(e);
    if (value.t === 'condition' && typeof value.c !== 'boolean') this.f.ignore(value.c);
  }

  private constant(e: Expr): Value | null {
    if (e.k === 'name') {
      if (e.name === 'NULL') return NULL_POINTER;
      if (this.scopes.find(e.name) !== null) return null;
    }
    const value = this.model.scan.constants.valueOf(e);
    return value === null ? null : intValue(value);
  }

  private wanted(type: CType): Want {
    const tag = targetOf(this.model.scan.meaning(type));
    return tag === null ? null : this.model.struct(tag);
  }

  int(e: Expr): Int | number {
    return this.number(this.value(e), e.at);
  }

  private unary(op: string, of: Expr, at: At): Value {
    switch (op) {
      case '&':
        return this.address(this.located(of));
      case '*':
        return this.load(this.located({ k: 'unary', op, of, at }), at);
      case '!': {
        const c = this.condition(of);
        return conditionOf(typeof c === 'boolean' ? !c : this.f.not(c));
      }
      case '-':
        return this.sum('-', 0, this.int(of), at);
      case '+':
        return this.value(of);
    }
    throw new Fault(at, `'${op}' is not supported on a value that is known only at run time`);
  }

  private binary(op: string, left: Expr, right: Expr, at: At): Value {
    switch (op) {
      case '&&':
      case '||':
        return conditionOf(this.condition({ k: 'binary', op, left, right, at }));
      case '==':
      case '!=':
      case '<':
      case '>':
      case '<=':
      case '>=':
        return this.compare(op, left, right, at);
      case '+':
      case '-': {
        const a = this.hold(this.value(left), left.at);
        const b = this.hold(this.value(right), right.at);
        if (a.t === 'opaque' || b.t === 'opaque') return OPAQUE;
        return this.sum(op, this.number(a, left.at), this.number(b, right.at), at);
      }
    }
    const a = this.hold(this.value(left), left.at);
    const b = this.value(right);
    if (a.t === 'opaque' || b.t === 'opaque') return OPAQUE;
    throw new Fault(at, `'${op}' is not supported on values that are known only at run time`);
  }

  /** Past the range of an int the run stops with `bound exceeded`: never a verdict. */
  private sum(op: '+' | '-', a: Int | number, b: Int | number, at: At, most = 0): Value {
    if (typeof a === 'number' && typeof b === 'number') return intValue(op === '+' ? a + b : a - b);
    const max = Math.max(most, this.model.matter.ints);
    this.here(at);
    const result = this.low.int(op === '+' ? 'sum' : 'difference', max, -max);
    if (op === '+') this.f.add(result, a, b);
    else this.f.sub(result, a, b);
    return intValue(result);
  }

  private step({ op, prefix, of, at }: Extract<Expr, { k: 'step' }>): Value {
    const place = this.located(of);
    const before = this.load(place, of.at);
    if (before.t === 'opaque') return OPAQUE;
    let old = this.number(before, of.at);
    if (!prefix && old instanceof Int && place.t === 'variable') {
      const copy = this.low.int('old', 1);
      this.f.set(copy, old);
      old = copy;
    }
    const most = place.t === 'field' ? (place.place.spec.max ?? 1) + 1 : 0;
    const after = this.sum(op === '++' ? '+' : '-', old, 1, at, most);
    this.store(place, after, at);
    return prefix ? after : intValue(old);
  }

  private assigned({ op, left, right, at }: Extract<Expr, { k: 'assign' }>): Value {
    const place = this.located(left);
    if (op === '=') {
      const value = this.hold(this.value(right, this.wantOf(place)), right.at);
      this.store(place, value, at);
      return value;
    }
    if (op !== '+=' && op !== '-=') {
      const value = this.value(right);
      if (place.t === 'opaque' || value.t === 'opaque') return OPAQUE;
      throw new Fault(at, `'${op}' is not supported on values that are known only at run time`);
    }
    const before = this.number(this.load(place, left.at), left.at);
    const value = this.sum(op === '+=' ? '+' : '-', before, this.int(right), at);
    this.store(place, value, at);
    return value;
  }

  assign(to: Expr, value: Value, at: At): void {
    this.store(this.located(to), value, at);
  }

  private wantOf(place: Located): Want {
    if (place.t === 'variable') return this.wantOfSlot(place.slot);
    if (place.t !== 'field') return null;
    const target: unknown = place.place.spec.target?.();
    return typeof target === 'function' ? (target as Want) : null;
  }

  protected wantOfSlot({ meaning }: Slot): Want {
    const tag = targetOf(meaning);
    return tag === null ? null : this.model.struct(tag);
  }

  structOf(e: Expr): string | null {
    if (e.k === 'unary' && e.op === '*') return this.structOf(e.of);
    const slot = e.k === 'name' ? this.scopes.find(e.name) : null;
    return slot === null ? null : targetOf(slot.meaning);
  }

  private choice({ condition, then, otherwise, at }: Extract<Expr, { k: 'conditional' }>): Value {
    const { f } = this;
    const c = this.condition(condition);
    if (typeof c === 'boolean') return this.value(c ? (then ?? condition) : otherwise);
    if (then === null) throw new Fault(at, "'a ?: b' is not supported", 'write a ? a : b');
    const result = this.low.int('choice', 1);
    f.if(
      c,
      () => {
        f.set(result, this.int(then));
      },
      () => {
        f.set(result, this.int(otherwise));
      },
    );
    return intValue(result);
  }
}
