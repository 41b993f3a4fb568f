/** Memory: allocation, pointers, fields and flag bits. Each access to shared memory is one step. */
import { COMPARISONS } from '@lastref/kernel';
import type {
  AnyStruct,
  AtomicField,
  FieldOf,
  IntField,
  PtrField,
  RefcountField,
} from '../language/struct.js';
import {
  Int,
  localOf,
  makeRef,
  type IntValue,
  type Loaded,
  type LocalVar,
  type Place,
  type Ref,
} from '../language/values.js';
import { ControlFlow } from './control-flow.js';
import type { Arg } from './graph.js';

export class Memory extends ControlFlow {
  private readonly onStack: Ref[] = [];

  /** Zeroed memory; NULL where the case injects a fault under this name. */
  kzalloc<S extends AnyStruct>(struct: S, faultName?: string): Ref<S> {
    const local = this.body.local(struct.tag, struct);
    const type = this.body.program.type(struct);
    this.body.emit('kzalloc', [local, type], faultName === undefined ? {} : { fault: faultName });
    return this.ref(local, struct);
  }

  /** An object of this stack frame: it dies when the function returns. */
  on_stack<S extends AnyStruct>(struct: S): Ref<S> {
    const object = this.kzalloc(struct);
    this.onStack.push(object);
    return object;
  }

  load<F extends IntField | RefcountField | PtrField<AnyStruct>>(
    place: Place<F>,
    name?: string,
  ): Loaded<F> {
    return this.loadBy('load', place, name);
  }

  /** The same, marked: not half of a data race by itself. */
  READ_ONCE<F extends IntField | RefcountField | PtrField<AnyStruct>>(
    place: Place<F>,
    name?: string,
  ): Loaded<F> {
    return this.loadBy('read_once', place, name);
  }

  private loadBy<F extends IntField | RefcountField | PtrField<AnyStruct>>(
    op: 'load' | 'read_once',
    place: Place<F>,
    name?: string,
  ): Loaded<F> {
    const { spec } = place;
    const struct = spec.kind === 'ptr' && spec.target !== undefined ? spec.target() : null;
    const local = this.body.local(name ?? place.field, struct, spec.max ?? 1, spec.min ?? 0);
    this.body.emit(op, [local, ...this.place(place)]);
    return (struct === null ? new Int(local) : this.ref(local, struct)) as Loaded<F>;
  }

  store<F extends IntField | PtrField<AnyStruct>>(
    place: Place<F>,
    value: F extends PtrField<infer S extends AnyStruct> ? Ref<S> | null : IntValue,
  ): void {
    this.body.emit('store', [...this.place(place), ...this.value(value)]);
  }

  /** The same, marked: not half of a data race by itself. */
  WRITE_ONCE<F extends IntField | PtrField<AnyStruct>>(
    place: Place<F>,
    value: F extends PtrField<infer S extends AnyStruct> ? Ref<S> | null : IntValue,
  ): void {
    this.body.emit('write_once', [...this.place(place), ...this.value(value)]);
  }

  set_bit(bit: Place<IntField>): void {
    this.markedStore(bit, 1);
  }

  clear_bit(bit: Place<IntField>): void {
    this.markedStore(bit, 0);
  }

  /** A store that the kernel marks in its own way; where nobody looks for races it is one like others. */
  protected markedStore<F extends IntField | PtrField<AnyStruct>>(
    place: Place<F>,
    value: F extends PtrField<infer S extends AnyStruct> ? Ref<S> | null : IntValue,
  ): void {
    if (this.body.program.spec.detect === undefined) this.store(place, value);
    else this.WRITE_ONCE(place, value);
  }

  /** Fails the run unless the field compares so with the value, in one step. */
  check<F extends IntField | RefcountField | AtomicField | PtrField<AnyStruct>>(
    name: string,
    place: Place<F>,
    comparison: (typeof COMPARISONS)[number],
    value: F extends PtrField<infer S extends AnyStruct> ? Ref<S> | null : IntValue,
  ): void {
    this.body.emit('check', [
      this.body.program.check(name),
      ...this.place(place),
      COMPARISONS.indexOf(comparison),
      ...this.value(value),
    ]);
  }

  protected place(place: Place<FieldOf<string, unknown>>): [Arg, Arg] {
    const { program } = this.body;
    return [place.base ?? -1, program.field(place as Place)];
  }

  protected ref<S extends AnyStruct>(local: LocalVar, struct: S): Ref<S> {
    return makeRef(local, struct, this.body.program.fields(struct));
  }

  protected override leave(): void {
    for (const object of this.onStack) this.body.emit('kfree', [localOf(object)]);
  }
}
