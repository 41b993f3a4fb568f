/** What stands on the left of an assignment or behind &: variables, fields by path, statics, words of flag bits. */
import { Int, type Place, type Ref } from '@lastref/authoring';
import { nearest } from '@lastref/kernel';
import type { Expr } from '../syntax/ast.js';
import { Fault } from '../text/diagnostics.js';
import type { At } from '../text/position.js';
import { textOf } from '../scan/walk.js';
import { Context } from './context.js';
import { placeOf } from './place-of.js';
import {
  intValue,
  OPAQUE,
  type BitsPlace,
  type FieldPlace,
  type Located,
  type Value,
  type Want,
} from './values.js';

export abstract class Places extends Context {
  abstract value(e: Expr, want?: Want): Value;

  protected located(e: Expr): Located {
    switch (e.k) {
      case 'name':
        return this.named(e.name, e.at);
      case 'field':
        return this.member(
          e.arrow ? this.value(e.of) : this.address(this.located(e.of)),
          e.name,
          e.at,
        );
      case 'cast':
        return this.located(e.of);
      case 'index':
        return { t: 'opaque' };
      case 'unary':
        if (e.op === '*') return this.behind(this.value(e.of), e.at);
        break;
      default:
        break;
    }
    throw new Fault(e.at, `'${textOf(e)}' is no place in memory`);
  }

  /** What a pointer points to. */
  private behind(value: Value, at: At): Located {
    switch (value.t) {
      case 'address':
        return value.of;
      case 'bits':
        return value.bits;
      case 'pointer':
      case 'static':
        return { t: 'part', value };
      case 'opaque':
        return { t: 'opaque' };
      case 'broken':
        return { t: 'broken' };
      case 'null':
      case 'int':
      case 'condition':
      case 'void':
      case 'function':
        throw new Fault(at, 'this is no pointer');
    }
  }

  private named(name: string, at: At): Located {
    const slot = this.scopes.find(name);
    if (slot !== null)
      return slot.value?.t === 'broken' ? { t: 'broken' } : { t: 'variable', slot };
    const { unit } = this.model.scan;
    const variable = unit.variables.find((other) => other.name === name);
    const meaning = variable === undefined ? null : this.model.scan.meaning(variable.type);
    if (meaning?.is === 'struct')
      return { t: 'part', value: { t: 'static', name, path: '', tag: meaning.tag } };
    const bits = this.model.scan.bits.get(`.${name}`);
    if (bits !== undefined)
      return {
        t: 'bits',
        name,
        bit: (bit) => this.model.declared.statics[`${name}.${bit}`] ?? null,
      };
    const place = this.model.declared.statics[name];
    if (place !== undefined) return { t: 'field', place, name, owner: null, path: name };
    if (variable !== undefined) return { t: 'opaque' };
    if (unit.functions.has(name)) return { t: 'part', value: { t: 'function', name } };
    const near = nearest(name, [...unit.variables.map((v) => v.name), ...unit.functions.keys()]);
    throw new Fault(
      at,
      `'${name}' is not declared`,
      near === undefined
        ? 'a static or a macro of another file? declare it here'
        : `did you mean ${near}?`,
    );
  }

  private member(of: Value, name: string, at: At): Located {
    switch (of.t) {
      case 'opaque':
        return { t: 'opaque' };
      case 'broken':
        return { t: 'broken' };
      case 'null':
        throw new Fault(at, `NULL has no field '${name}'`);
      case 'pointer':
      case 'static':
        return this.fieldOf(of, name, at);
      case 'int':
      case 'condition':
      case 'address':
      case 'bits':
      case 'void':
      case 'function':
        throw new Fault(
          at,
          `'${name}' would be a field of something that is no struct of the model`,
        );
    }
  }

  private fieldOf(of: Value & { t: 'pointer' | 'static' }, name: string, at: At): Located {
    const { scan, declared } = this.model;
    const found = scan.field(of.tag, name);
    if (found === null) {
      const names = (scan.unit.structs.get(of.tag)?.fields ?? []).flatMap(
        (field) => field.name ?? [],
      );
      const near = nearest(name, names);
      throw new Fault(
        at,
        `struct ${of.tag} has no field '${name}'`,
        near === undefined ? 'add it to the struct' : `did you mean ${near}?`,
      );
    }
    const path = of.path === '' ? name : `${of.path}.${name}`;
    const meaning = scan.meaning(found.type);
    if (meaning.is === 'struct') return { t: 'part', value: { ...of, path, tag: meaning.tag } };
    const owner = of.t === 'pointer' ? of.ref : null;
    const full = of.t === 'static' ? `${of.name}.${path}` : path;
    const place = (key: string): Place | null =>
      owner === null ? (declared.statics[key] ?? null) : placeOf(owner, key);
    if (scan.bits.has(`${of.tag}.${name}`))
      return { t: 'bits', name: path, bit: (bit) => place(`${full}.${bit}`) };
    const field = place(full);
    return field === null ? { t: 'opaque' } : { t: 'field', place: field, name, owner, path };
  }

  protected address(place: Located): Value {
    switch (place.t) {
      case 'part':
        return place.value;
      case 'field':
        return { t: 'address', of: place };
      case 'bits':
        return { t: 'bits', bits: place };
      case 'variable':
      case 'opaque':
        return OPAQUE;
      case 'broken':
        return { t: 'broken' };
    }
  }

  /** Reads a place: a step where the memory is shared. */
  protected load(place: Located, at: At): Value {
    switch (place.t) {
      case 'variable':
        return this.read(place.slot);
      case 'field':
        return this.loadField(place, at);
      case 'part':
      case 'bits':
        return this.address(place);
      case 'opaque':
        return OPAQUE;
      case 'broken':
        return { t: 'broken' };
    }
  }

  private loadField({ place, name }: FieldPlace, at: At): Value {
    const { kind } = place.spec;
    if (kind !== 'int' && kind !== 'ptr')
      throw new Fault(at, `'${name}' is a ${kind}: it has no value to read`);
    this.here(at);
    const loaded: unknown = this.f.load(place as Place<{ readonly kind: 'int' }>, name);
    if (loaded instanceof Int) return intValue(loaded);
    const ref = loaded as Ref;
    return { t: 'pointer', ref, path: '', tag: ref.struct.tag };
  }

  protected store(place: Located, value: Value, at: At): void {
    switch (place.t) {
      case 'variable':
        this.set(place.slot, value, at);
        return;
      case 'field':
        this.storeField(place, value, at);
        return;
      case 'opaque':
        this.model.notes.add('not modelled', 'assignment', at);
        return;
      case 'broken':
        return;
      case 'part':
      case 'bits':
        throw new Fault(
          at,
          'a whole struct or a word of flag bits cannot be assigned',
          'assign its fields',
        );
    }
  }

  private storeField({ place, name }: FieldPlace, value: Value, at: At): void {
    const { kind } = place.spec;
    if (kind === 'int') {
      const number = this.fitting(this.number(value, at), place);
      this.here(at);
      this.f.store(place as Place<{ readonly kind: 'int' }>, number);
      return;
    }
    if (kind !== 'ptr') throw new Fault(at, `'${name}' is a ${kind}: it cannot be assigned`);
    const isNull = value.t === 'null' || (value.t === 'int' && value.v === 0);
    if (!isNull && (value.t !== 'pointer' || value.path !== ''))
      throw new Fault(
        at,
        `a pointer that is not modelled is stored into '${name}'`,
        'only pointers to whole objects can be stored',
      );
    this.here(at);
    this.f.store(
      place as Place<{ readonly kind: 'ptr' }>,
      value.t === 'pointer' ? value.ref : null,
    );
  }

  /** The value in a local of the field's range; past it the run stops with `bound exceeded`. */
  private fitting(number: Int | number, { spec, field }: Place): Int | number {
    if (typeof number === 'number') return number;
    const fitted = this.low.int(field, spec.max ?? 1, spec.min ?? 0);
    this.f.add(fitted, number, 0);
    return fitted;
  }

  /** The word of flag bits that an argument points to. */
  protected bits(e: Expr): BitsPlace {
    const value = this.value(e);
    if (value.t === 'bits') return value.bits;
    throw new Fault(e.at, `'${textOf(e)}' holds no flag bits`);
  }

  field(e: Expr, kinds: readonly string[]): FieldPlace {
    const value = this.value(e);
    const needed = kinds.join(' or ');
    if (value.t === 'broken') throw new Fault(e.at, `'${textOf(e)}' could not be read`);
    if (value.t === 'opaque')
      throw new Fault(
        e.at,
        `what '${textOf(e)}' points to is not modelled; ${needed} needed`,
        'is the struct that holds it defined here?',
      );
    if (value.t !== 'address')
      throw new Fault(e.at, `'${textOf(e)}' is no field of an object; ${needed} needed`);
    const { kind } = value.of.place.spec;
    if (!kinds.includes(kind))
      throw new Fault(e.at, `'${textOf(e)}' is a ${kind}; ${needed} needed`);
    return value.of;
  }

  place(e: Expr, kinds: readonly string[]): Place {
    return this.field(e, kinds).place;
  }

  object(e: Expr): Ref {
    const value = this.value(e);
    if (value.t === 'pointer' && value.path === '') return value.ref;
    throw new Fault(e.at, `'${textOf(e)}' is no pointer to a whole object`);
  }
}
