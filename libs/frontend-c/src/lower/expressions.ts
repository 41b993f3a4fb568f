/** Expressions, evaluated left to right: each access of shared memory is a step, everything else is free. */
import { Int, type Cond, type Ref } from '@lastref/authoring';
import { nearest } from '@lastref/kernel';
import { CALLS, handlerOf } from '../calls/table.js';
import { isIgnored, readArguments } from '../calls/ignored.js';
import { stubbed } from '../calls/stubs.js';
import { targetOf } from '../scan/kinds.js';
import type { CallExpr, Expr, Stmt } from '../syntax/ast.js';
import { textOf } from '../scan/walk.js';
import { Fault } from '../text/diagnostics.js';
import type { At } from '../text/position.js';
import type { Calling } from './calling.js';
import { Places } from './places.js';
import {
  conditionOf,
  intValue,
  NULL_POINTER,
  OPAQUE,
  VOID,
  type Slot,
  type Value,
  type Want,
} from './values.js';

type Operator = '==' | '!=' | '<' | '>' | '<=' | '>=';

export abstract class Expressions extends Places implements Calling {
  abstract statement(s: { readonly body: Stmt }): void;
  abstract repeat(entry: Ref, body: Stmt, before: () => void, next: () => void): void;

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

  private wanted(type: import('../syntax/ast.js').CType): Want {
    const tag = targetOf(this.model.scan.meaning(type));
    return tag === null ? null : this.model.struct(tag);
  }

  int(e: Expr): Int | number {
    return this.number(this.value(e), e.at);
  }

  // -- conditions

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

  private compare(op: Operator, left: Expr, right: Expr, at: At): Value {
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

  // -- operators

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

  private wantOf(place: import('./values.js').Located): Want {
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

  // -- calls

  private call(e: CallExpr, want: Want): Value {
    const { model } = this;
    const { callee, args, at } = e;
    if (callee.k === 'call') return this.curried(callee, e);
    if (callee.k !== 'name') return this.through(callee, e);
    const { name } = callee;
    const stub = model.matter.stubs[name];
    const definition = model.scan.unit.functions.get(name);
    if (stub !== undefined) {
      if (CALLS.has(name) || definition !== undefined)
        throw new Fault(at, `there is a stub for ${name}, which is known`, 'take the stub out');
      return stubbed(this, e, name, stub);
    }
    if (this.scopes.find(name) !== null)
      throw new Fault(at, `a call through the pointer '${name}'`, 'call the function by its name');
    if (definition !== undefined)
      return this.invoke(
        name,
        args.map((arg) => this.argument(arg)),
        at,
      );
    const handler = handlerOf(name);
    if (handler !== null) return handler(this, e, want);
    if (isIgnored(name)) return readArguments(this, e, name);
    const near = nearest(name, [...CALLS.keys(), ...model.scan.unit.functions.keys()]);
    throw new Fault(
      at,
      `'${name}' is not known`,
      `${near === undefined ? '' : `did you mean ${near}? else `}add its code, or a stub to the front matter: stubs: { ${name}: ignore | "0" | "0 | -ENOMEM" }`,
    );
  }

  private argument(arg: Expr): Value {
    return this.hold(this.value(arg), arg.at);
  }

  /** `guard(mutex)(&x->lock)`. */
  private curried(callee: CallExpr, e: CallExpr): Value {
    const name = callee.callee.k === 'name' ? callee.callee.name : '';
    const handler = handlerOf(name);
    if (handler === null || name !== 'guard') throw new Fault(e.at, `'${textOf(e)}' is not known`);
    return handler(this, { ...e, args: [...callee.args, ...e.args] }, null);
  }

  /** A call through a table of operations. */
  private through(callee: Expr, { args, at }: CallExpr): Value {
    const name = callee.k === 'field' ? callee.name : '';
    const to = this.model.matter.calls[name];
    if (to !== undefined)
      return this.invoke(
        to,
        args.map((arg) => this.argument(arg)),
        at,
      );
    throw new Fault(
      at,
      `a call through '${textOf(callee)}': which function it is, is not known`,
      `say so in the front matter: calls: { ${name === '' ? 'stop' : name}: my_function }`,
    );
  }

  invoke(name: string, args: readonly Value[], at: At): Value {
    const made = this.model.function(name, at);
    this.here(at);
    switch (made.returns) {
      case 'int':
        return intValue(this.f.call(made.fn, ...args));
      case 'pointer':
        return { t: 'pointer', ref: this.f.call(made.fn, ...args), path: '', tag: made.tag };
      case 'void':
        this.f.call(made.fn, ...args);
        return VOID;
    }
  }
}

function compared(op: Operator, a: number, b: number): boolean {
  switch (op) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
  }
}

function mirrored(op: Operator): Operator {
  switch (op) {
    case '==':
    case '!=':
      return op;
    case '<':
      return '>';
    case '>':
      return '<';
    case '<=':
      return '>=';
    case '>=':
      return '<=';
  }
}
