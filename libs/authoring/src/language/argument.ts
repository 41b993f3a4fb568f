/**
 * What a case's prologue hands to its tasks: made once, passed by `f.pass` in `given`, named in a task's `args`, and a
 * parameter of the task's body. So a model needs no static variable to hand an object over, and an object that nobody
 * frees is seen to be lost.
 */
import type { AnyStruct } from './struct.js';
import type { Int, Ref } from './values.js';

export class Argument<S extends AnyStruct | null = AnyStruct | null> {
  constructor(
    readonly name: string,
    /** What it points to; null: an integer. */
    readonly struct: S,
    /** Largest value of an integer. */
    readonly max: number,
  ) {}
}

/** A pointer to an object of this struct, or an integer up to a maximum. */
export function argument<S extends AnyStruct>(name: string, struct: S): Argument<S>;
export function argument(name: string, max: number): Argument<null>;
export function argument(name: string, what: AnyStruct | number): Argument {
  return typeof what === 'number' ? new Argument(name, null, what) : new Argument(name, what, 1);
}

/** What the body of a task that takes these arguments is called with. */
export type Passed<A extends readonly Argument[]> = {
  readonly [K in keyof A]: A[K] extends Argument<infer S>
    ? S extends AnyStruct
      ? Ref<S>
      : Int
    : never;
};
