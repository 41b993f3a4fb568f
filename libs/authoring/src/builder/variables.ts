/** Locals of a function: variables, what they are set to, and comparisons between them. All of it is local: it costs no step. */
import type { AnyStruct } from '../language/struct.js';
import {
  Int,
  isRef,
  localOf,
  makeRef,
  type IntValue,
  type LocalVar,
  type Ref,
} from '../language/values.js';
import type { BodyBuilder } from './body-builder.js';
import { Cond, type Arg } from './graph.js';

const EQUAL = 0;
const NOT_EQUAL = 1;
const LESS = 2;
const AT_MOST = 3;

export class Variables {
  constructor(protected readonly body: BodyBuilder) {}

  /** An integer variable from `min`, which is not above 0, to `max`. */
  var(name: string, max: number, value: IntValue = 0, min = 0): Int {
    const local = this.body.local(name, null, max, min);
    this.assign(local, value);
    return new Int(local);
  }

  /** A pointer variable, NULL at first. */
  pointer<S extends AnyStruct>(name: string, struct: S): Ref<S> {
    const local = this.body.local(name, struct);
    this.assign(local, null);
    return makeRef(local, struct, this.body.program.fields(struct));
  }

  set(variable: Int, value: IntValue): void;
  set<S extends AnyStruct>(variable: Ref<S>, value: Ref<S> | null): void;
  set(variable: Int | Ref, value: IntValue | Ref | null): void {
    this.assign(variable instanceof Int ? variable.local : localOf(variable), value);
  }

  eq(a: Int | Ref, b: IntValue | Ref | null): Cond {
    return this.compare(EQUAL, a, b);
  }

  ne(a: Int | Ref, b: IntValue | Ref | null): Cond {
    return this.compare(NOT_EQUAL, a, b);
  }

  lt(a: Int, b: IntValue): Cond {
    return this.compare(LESS, a, b);
  }

  le(a: Int, b: IntValue): Cond {
    return this.compare(AT_MOST, a, b);
  }

  /** Past the declared range of `sum`: bound exceeded. */
  add(sum: Int, left: IntValue, right: IntValue): void {
    this.body.emit('add', [sum.local, ...this.int(left), ...this.int(right)]);
  }

  /** Past the declared range of `difference`: bound exceeded. */
  sub(difference: Int, left: IntValue, right: IntValue): void {
    this.body.emit('sub', [difference.local, ...this.int(left), ...this.int(right)]);
  }

  is_null(pointer: Ref): Cond {
    return this.eq(pointer, null);
  }

  protected truth(condition: Cond | Int | Ref): Cond {
    if (condition instanceof Int || isRef(condition))
      return this.ne(condition, condition instanceof Int ? 0 : null);
    if (condition instanceof Cond) return condition;
    this.body.settled();
    throw this.body.error(
      `this is no condition but ${String(condition)}: write f.not, f.and and f.or, not !, && and ||`,
    );
  }

  /** A value operand of an integer. */
  protected int(value: IntValue): [Arg, Arg] {
    if (value instanceof Int) return [1, value.local];
    if (typeof value === 'number') return [0, value];
    const { program } = this.body;
    return [0, program.errno(value)];
  }

  protected value(value: IntValue | Ref | null): [Arg, Arg] {
    if (value === null) return [0, 0];
    return isRef(value) ? [1, localOf(value)] : this.int(value);
  }

  private compare(comparison: number, a: Int | Ref, b: IntValue | Ref | null): Cond {
    return this.body.branch('test', [...this.value(a), comparison, ...this.value(b)]);
  }

  protected assign(local: LocalVar, value: IntValue | Ref | null): void {
    if (local.type === null) {
      if (value === null || isRef(value)) throw this.body.error(`'${local.name}' is an integer`);
      const constant = this.constant(value);
      local.max = Math.max(local.max, constant);
      local.min = Math.min(local.min, constant);
    } else if (value !== null && (!isRef(value) || value.struct !== local.type))
      throw this.body.error(`'${local.name}' points to ${local.type.tag}; the value does not`);
    this.body.emit('set', [local, ...this.value(value)]);
  }

  /** The largest value a constant brings; what variables bring is found when the body is complete. */
  private constant(value: IntValue): number {
    if (value instanceof Int) return 0;
    return typeof value === 'number' ? value : this.body.program.errno(value);
  }
}
