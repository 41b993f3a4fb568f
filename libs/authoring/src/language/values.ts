/** Handles that a scenario's functions pass around: locals, places, conditions. They are names; the values come at run time. */
import type { Site } from '../builder/site.js';
import type { AnyField, AnyStruct, FieldOf, PtrField } from './struct.js';

/** A local variable of one task's body. */
export class LocalVar {
  constructor(
    readonly name: string,
    readonly body: object,
    readonly type: AnyStruct | null,
    public max: number,
    public min = 0,
  ) {}
}

/** An integer local. */
export class Int {
  constructor(readonly local: LocalVar) {}
}

/** A field of an object, or a static variable. */
export class Place<F extends FieldOf<string, unknown> = AnyField> {
  declare readonly phantom?: F;
  constructor(
    /** null: the static variable of that name. */
    readonly base: LocalVar | null,
    readonly struct: AnyStruct | null,
    readonly field: string,
    readonly spec: AnyField,
    /** Where a static variable was declared; each declaration is a variable of its own. */
    readonly site: Site | null = null,
  ) {}
}

const LOCAL = Symbol('local');

/** A pointer local; its properties are the places of the object's fields. */
export type Ref<S extends AnyStruct = AnyStruct> = {
  readonly [
    K in keyof InstanceType<S> as InstanceType<S>[K] extends FieldOf<string, unknown> ? K : never
  ]: InstanceType<S>[K] extends FieldOf<string, unknown> ? Place<InstanceType<S>[K]> : never;
} & { readonly [LOCAL]: LocalVar; readonly struct: S };

export function makeRef<S extends AnyStruct>(
  local: LocalVar,
  struct: S,
  fields: readonly [string, AnyField][],
): Ref<S> {
  const places = fields.map(([name, spec]) => [name, new Place(local, struct, name, spec)]);
  return Object.freeze(
    Object.assign(Object.fromEntries(places), { [LOCAL]: local, struct }),
  ) as Ref<S>;
}

export const localOf = (ref: Ref): LocalVar => ref[LOCAL];

export const isRef = (value: unknown): value is Ref =>
  typeof value === 'object' && value !== null && LOCAL in value;

/** What loading from a place gives. */
export type Loaded<F> = F extends PtrField<infer S extends AnyStruct> ? Ref<S> : Int;

/** NULL, as a value to store or pass. */
export const NULL = null;

/** An error code such as '-ENXIO'; 0 is success. */
export type Errno = `-E${string}`;

/** What an integer can be given as. */
export type IntValue = Int | number | Errno;
