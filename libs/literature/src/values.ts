/** Integers of C in the language: sums as values, a load and a store for `x += k`, arrays with a variable index, assert. */
import {
  statics,
  type AtomicField,
  type Int,
  type IntField,
  type IntValue,
  type FunctionBuilder,
  type Place,
} from '@lastref/authoring';

/** assert(0), on the path that fails: it costs no run a step that does not. */
export const fails = (f: FunctionBuilder, what: string): void => {
  f.invariant(what, 0);
};

/** x + k, between min and max. */
export function plus(f: FunctionBuilder, x: IntValue, k: number, max: number, min = 0): Int {
  const sum = f.var('sum', max, 0, min);
  if (k < 0) f.sub(sum, x, -k);
  else f.add(sum, x, k);
  return sum;
}

/** place += k: a load, then a store. */
export function add(
  f: FunctionBuilder,
  place: Place<IntField>,
  k: number,
  max: number,
  min = 0,
): void {
  f.store(place, plus(f, f.load(place), k, max, min));
}

/** A static of its own for each element. */
export function array(name: string, elements: readonly IntField[]): Place<IntField>[];
export function array(name: string, elements: readonly AtomicField[]): Place<AtomicField>[];
export function array(
  name: string,
  elements: readonly (IntField | AtomicField)[],
): Place<IntField | AtomicField>[] {
  const named = elements.map((element, i) => [`${name}${i}`, element] as const);
  return Object.values(statics(Object.fromEntries(named)));
}

/** Does something with array[index]: which element it is costs no step. An index past the end is the last. */
export function at<F extends IntField | AtomicField>(
  f: FunctionBuilder,
  elements: readonly Place<F>[],
  index: IntValue,
  then: (element: Place<F>) => void,
  from = 0,
): void {
  const element = elements[from];
  if (element === undefined) return;
  if (typeof index === 'number' || from === elements.length - 1) {
    then(typeof index === 'number' ? (elements[index] ?? element) : element);
    return;
  }
  f.if(
    f.eq(index as Int, from),
    () => {
      then(element);
    },
    () => {
      at(f, elements, index, then, from + 1);
    },
  );
}

/** The value of array[index], between 0 and max. */
export function element(
  f: FunctionBuilder,
  elements: readonly Place<IntField>[],
  index: IntValue,
  max: number,
): Int {
  const value = f.var('element', max);
  at(f, elements, index, (one) => {
    f.set(value, f.load(one));
  });
  return value;
}

/** array[index] = value. */
export function setElement(
  f: FunctionBuilder,
  elements: readonly Place<IntField>[],
  index: IntValue,
  value: IntValue,
): void {
  at(f, elements, index, (one) => {
    f.store(one, value);
  });
}
