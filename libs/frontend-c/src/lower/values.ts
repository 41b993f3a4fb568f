/** What an expression is while a function is built: known now, or held by a local of the task, or not modelled. */
import type { AnyStruct, Cond, Int, Place, Ref } from '@lastref/authoring';
import type { Meaning } from '../scan/kinds.js';

export type Value =
  | { readonly t: 'int'; readonly v: Int | number }
  | { readonly t: 'condition'; readonly c: Cond | boolean }
  /** An object, or what is embedded in it at a path. */
  | { readonly t: 'pointer'; readonly ref: Ref; readonly path: string; readonly tag: string }
  /** A static struct, or what is embedded in it. */
  | { readonly t: 'static'; readonly name: string; readonly path: string; readonly tag: string }
  | { readonly t: 'address'; readonly of: FieldPlace }
  | { readonly t: 'bits'; readonly bits: BitsPlace }
  | { readonly t: 'null' }
  | { readonly t: 'void' }
  | { readonly t: 'function'; readonly name: string }
  | { readonly t: 'opaque' }
  /** A mistake was told where it came from. */
  | { readonly t: 'broken' };

/** A field that holds a value or is a lock, a list, a work. */
export interface FieldPlace {
  readonly t: 'field';
  readonly place: Place;
  readonly name: string;
  /** null: of a static. */
  readonly owner: Ref | null;
  readonly path: string;
}

export interface BitsPlace {
  readonly t: 'bits';
  readonly name: string;
  readonly bit: (name: string) => Place | null;
}

/** What may stand on the left of an assignment, or behind &. */
export type Located =
  | FieldPlace
  | BitsPlace
  | { readonly t: 'variable'; readonly slot: Slot }
  | { readonly t: 'part'; readonly value: Value }
  | { readonly t: 'opaque' }
  | { readonly t: 'broken' };

/** A variable of a function. */
export interface Slot {
  readonly name: string;
  readonly meaning: Meaning;
  value: Value | null;
}

/** What the result is for: the struct that is wanted of an allocation. */
export type Want = AnyStruct | null;

export const OPAQUE: Value = { t: 'opaque' };
export const VOID: Value = { t: 'void' };
export const NULL_POINTER: Value = { t: 'null' };
export const intValue = (v: Int | number): Value => ({ t: 'int', v });
export const conditionOf = (c: Cond | boolean): Value => ({ t: 'condition', c });
