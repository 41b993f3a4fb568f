/** What exists once per system: static variables, idrs, modules, sysfs directories. */
import { Site } from '../builder/site.js';
import type { AnyField, AnyStruct, FieldOf } from './struct.js';
import { Place } from './values.js';

type Statics<F> = {
  readonly [K in keyof F]: F[K] extends FieldOf<string, unknown> ? Place<F[K]> : never;
};

/** Static variables, by name: `statics({ rtnl_mutex: mutex() })`. */
export function statics<F extends Record<string, AnyField>>(fields: F): Statics<F> {
  const site = new Site();
  const places = Object.entries(fields).map(([name, spec]) => [
    name,
    new Place(null, null, name, spec, site),
  ]);
  return Object.fromEntries(places) as Statics<F>;
}

/** struct idr: pointers to one type by index 0..entries-1. */
export class Idr<S extends AnyStruct = AnyStruct> {
  readonly site = new Site();

  constructor(
    readonly name: string,
    readonly struct: S,
    readonly entries: number,
  ) {}
}

/** struct xarray: pointers to one type by index 0..entries-1, which is the limit of xa_alloc. */
export class XArray<S extends AnyStruct = AnyStruct> extends Idr<S> {}

/** A loadable module with a reference count up to `max`; `files` are the sources whose functions are its text. */
export class KernelModule {
  readonly site = new Site();

  constructor(
    readonly name: string,
    readonly max: number,
    readonly files: readonly string[],
  ) {}
}

/** A sysfs directory of unique names, numbered 0..entries-1. */
export class SysfsDirectory {
  readonly site = new Site();

  constructor(
    readonly name: string,
    readonly entries: number,
  ) {}
}

/** struct ida: the numbers 0..entries-1. */
export class Ida extends SysfsDirectory {}
