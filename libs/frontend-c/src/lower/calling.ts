/** What the handlers of kernel calls need of the function that is being built. */
import type { FunctionBuilder, Int, Place, Ref } from '@lastref/authoring';
import type { CallExpr, Expr, Stmt } from '../syntax/ast.js';
import type { At } from '../text/position.js';
import type { Model } from './model.js';
import type { FieldPlace, Value, Want } from './values.js';

export interface Calling {
  readonly f: FunctionBuilder;
  readonly model: Model;
  /** The function whose code it is. */
  readonly name: string;
  /** What is built from now on stands here. */
  here(at: At): void;
  value(e: Expr, want?: Want): Value;
  int(e: Expr): Int | number;
  /** The condition that a value stands for. */
  truth(value: Value, at: At): Value & { t: 'condition' };
  /** The lock, list, counter that an argument points to. */
  field(e: Expr, kinds: readonly string[]): FieldPlace;
  place(e: Expr, kinds: readonly string[]): Place;
  /** A whole object. */
  object(e: Expr): Ref;
  assign(to: Expr, value: Value, at: At): void;
  /** Calls a function of the unit. */
  invoke(name: string, args: readonly Value[], at: At): Value;
  /** The struct behind a pointer variable, as declared. */
  structOf(e: Expr): string | null;
  /** Code that a guard or __free runs when the scope is left. */
  cleanup(code: () => void): void;
  /** Repeats the body while the entry is not NULL; break and continue leave it. */
  repeat(entry: Ref, body: Stmt, before: () => void, next: () => void): void;
  statement(call: { readonly body: Stmt }): void;
}

export type Handler = (c: Calling, call: CallExpr, want: Want) => Value;
