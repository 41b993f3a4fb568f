/** What building a function keeps: the builder, the open scopes, the place of the code it is at. */
import { Int, lowLevel, type FunctionBuilder, type LowLevel } from '@lastref/authoring';
import { targetOf, type Meaning } from '../scan/kinds.js';
import type { FunctionDef } from '../syntax/ast.js';
import { Fault, type Diagnostic } from '../text/diagnostics.js';
import type { At } from '../text/position.js';
import type { Model } from './model.js';
import { Scopes } from './scopes.js';
import { intValue, OPAQUE, type Slot, type Value } from './values.js';

/** Something that was told already: it is not told again. */
export class Told extends Fault {
  override get diagnostic(): Diagnostic {
    return { ...super.diagnostic, severity: 'warning', message: '' };
  }
}

export class Context {
  readonly low: LowLevel;
  protected readonly scopes = new Scopes();

  constructor(
    readonly model: Model,
    readonly f: FunctionBuilder,
    protected readonly definition: FunctionDef,
  ) {
    this.low = lowLevel(f);
  }

  get name(): string {
    return this.definition.name;
  }

  here(at: At): void {
    const text = this.model.lineText(at);
    this.low.at({ file: at.file, line: at.line, column: at.column, text });
  }

  cleanup(code: () => void): void {
    this.scopes.atEnd(code);
  }

  /** Declares a variable; it costs nothing until it is set. */
  protected declare(name: string, meaning: Meaning): Slot {
    const value =
      meaning.is === 'int'
        ? intValue(this.f.var(name, 1, 0))
        : meaning.is === 'pointer'
          ? null
          : OPAQUE;
    const slot: Slot = { name, meaning, value };
    this.scopes.declare(slot);
    return slot;
  }

  /** What a variable holds; a pointer that nothing was assigned to yet is NULL. */
  protected read(slot: Slot): Value {
    if (slot.value !== null) return slot.value;
    const tag = targetOf(slot.meaning);
    if (tag === null) return OPAQUE;
    const ref = this.low.pointer(slot.name, this.model.struct(tag));
    slot.value = { t: 'pointer', ref, path: '', tag };
    return slot.value;
  }

  protected set(slot: Slot, value: Value, at: At): void {
    if (value.t === 'broken') throw new Told(at, '');
    const held = slot.value;
    if (held?.t === 'int') {
      this.f.set(this.local(held.v, slot), this.number(value, at));
      return;
    }
    if (held === null || held.t === 'pointer') {
      this.point(slot, value, at);
      return;
    }
    const same =
      held.t === value.t &&
      (held.t !== 'static' ||
        (value.t === 'static' && held.name === value.name && held.path === value.path));
    if (held.t === 'opaque' && /^(opaque|null|int)$/.test(value.t)) return;
    if (!same || held.t !== 'static')
      throw new Fault(
        at,
        `'${slot.name}' would stand for different kinds of things at different times`,
        'use one variable for each',
      );
  }

  private local(v: Int | number, slot: Slot): Int {
    if (v instanceof Int) return v;
    const local = this.f.var(slot.name, 1, v);
    slot.value = intValue(local);
    return local;
  }

  private point(slot: Slot, value: Value, at: At): void {
    const { f } = this;
    const tag = targetOf(slot.meaning);
    switch (value.t) {
      case 'pointer': {
        if (tag !== null && value.tag !== tag)
          throw new Fault(
            at,
            `'${slot.name}' points to struct ${tag}; the value to struct ${value.tag}`,
          );
        if (slot.value === null) {
          const ref = this.low.pointer(slot.name, value.ref.struct);
          slot.value = { ...value, ref };
        }
        const held = slot.value;
        if (
          held.t !== 'pointer' ||
          held.path !== value.path ||
          held.ref.struct !== value.ref.struct
        )
          throw new Fault(
            at,
            `'${slot.name}' would point into different objects at different times`,
          );
        f.set(held.ref, value.ref);
        return;
      }
      case 'null':
      case 'int': {
        if (value.t === 'int' && value.v !== 0) break;
        const held = this.read(slot);
        if (held.t === 'pointer') f.set(held.ref, null);
        return;
      }
      case 'opaque':
        if (tag !== null)
          throw new Fault(at, `'${slot.name}' would point to something that is not modelled`);
        slot.value ??= OPAQUE;
        return;
      case 'static':
      case 'address':
      case 'bits':
      case 'function':
        if (slot.value === null) {
          slot.value = value;
          return;
        }
        break;
      case 'condition':
      case 'void':
      case 'broken':
        break;
    }
    throw new Fault(at, `this cannot be assigned to the pointer '${slot.name}'`);
  }

  /** An integer; conditions become 1 or 0. */
  number(value: Value, at: At): Int | number {
    switch (value.t) {
      case 'int':
        return value.v;
      case 'null':
        return 0;
      case 'condition': {
        if (typeof value.c === 'boolean') return value.c ? 1 : 0;
        const holds = this.low.int('holds', 1);
        this.f.if(
          value.c,
          () => {
            this.f.set(holds, 1);
          },
          () => {
            this.f.set(holds, 0);
          },
        );
        return holds;
      }
      case 'broken':
        throw new Told(at, '');
      case 'pointer':
      case 'static':
      case 'address':
      case 'bits':
      case 'function':
      case 'void':
      case 'opaque':
        throw new Fault(
          at,
          'an integer is needed here, and this is not modelled',
          'a stub says what a call returns: stubs: { the_call: 0 }',
        );
    }
  }

  /** A value that stays what it is while more is built. */
  protected hold(value: Value, at: At): Value {
    return value.t === 'condition' ? intValue(this.number(value, at)) : value;
  }
}
