/**
 * The calls that follow from the operations' definitions: one under the name of each operation, and one for steps of the
 * same call that work on the same operands (arrive and pass). Arguments are those of the operands, the result is a condition
 * where the operation branches, an integer where it has a result. What needs more than that is written by hand, in the
 * classes around this one.
 */
import {
  isWorkItem,
  OP_NAMES,
  OPERATIONS,
  specOf,
  type Operand,
  type OperandIs,
  type Operation,
  type OpName,
} from '@lastref/kernel';
import type { Idr, KernelModule, SysfsDirectory } from '../language/globals.js';
import type { FieldOf } from '../language/struct.js';
import { Int, localOf, type IntValue, type Place, type Ref } from '../language/values.js';
import type { Arg, Cond } from './graph.js';
import { implicitPlace } from './implicit.js';
import { Rcu } from './rcu.js';

/** Calls with types of their own: an object's type decides what may be stored, or a condition what comes after. */
export const BY_HAND = [
  'load',
  'store',
  'read_once',
  'write_once',
  'kzalloc',
  'stay',
  'wait_external',
  'check',
  'idr_alloc',
  'idr_find',
  'idr_find_get',
  'xa_alloc',
  'xa_store',
  'xa_load',
  'xa_erase',
  'xa_find',
  'ida_alloc',
  'list_next_entry',
  'list_prev_entry',
  'hlist_entry_safe',
  'pthread_cond_wait',
  'send_signal',
  'complete_all',
  'msleep',
  'cond_resched',
  'enter_interrupt',
  'leave_interrupt',
  'rcu_dereference',
  'srcu_dereference',
  'rcu_dereference_protected',
] as const satisfies readonly OpName[];

type Definitions = typeof OPERATIONS;

type SimpleName = {
  [K in OpName]: Definitions[K] extends { local: true } | { partOf: string } | { endsItem: true }
    ? never
    : K extends (typeof BY_HAND)[number]
      ? never
      : K;
}[OpName];

type ArgumentOf<O> = O extends { implicit: true }
  ? []
  : O extends { is: 'place'; of: readonly (infer K extends string)[] }
    ? [Place<FieldOf<K>>]
    : O extends { is: 'value' | 'index' }
      ? [IntValue]
      : O extends { is: 'pointer' }
        ? [Ref]
        : O extends { is: 'table' }
          ? [Idr]
          : O extends { is: 'registry' }
            ? [SysfsDirectory]
            : O extends { is: 'module' }
              ? [KernelModule]
              : O extends { is: 'check' }
                ? [string]
                : [];

type ArgumentsOf<O extends readonly unknown[]> = O extends readonly [infer First, ...infer Rest]
  ? [...ArgumentOf<First>, ...ArgumentsOf<Rest>]
  : [];

type CallOf<D extends { readonly operands: readonly unknown[] }> = D extends { branches: true }
  ? (...args: ArgumentsOf<D['operands']>) => Cond
  : D extends { operands: readonly [{ is: 'dst' }, ...unknown[]] }
    ? (...args: ArgumentsOf<D['operands']>) => Int
    : (...args: ArgumentsOf<D['operands']>) => void;

/** A call of more than one step, by its arrival, which has all arguments and the result; not where the last step has it. */
type CompoundName<K extends OpName> = Definitions[K] extends { wait: 'never' }
  ? Definitions[K] extends { partOf: infer Name extends string }
    ? Exclude<Name, (typeof BY_HAND)[number] | 'down_write_killable'>
    : never
  : never;

/** A result that a later step takes is not the call's. */
type CompoundOf<D extends { readonly operands: readonly unknown[] }> = D extends {
  operands: readonly [{ is: 'dst'; name: 'ahead' }, ...unknown[]];
}
  ? (...args: ArgumentsOf<D['operands']>) => void
  : CallOf<D>;

/** One call per simple operation, and per compound of steps. */
export type SimpleCalls = {
  [K in SimpleName]: CallOf<Definitions[K]>;
} & {
  [K in OpName as CompoundName<K>]: CompoundOf<Definitions[K]>;
};

const isByHand = (name: string): boolean => BY_HAND.some((other) => other === name);

export const isSimple = (name: string, { local, partOf, endsItem }: Operation): boolean =>
  local !== true && partOf === undefined && endsItem !== true && !isByHand(name);

interface Range {
  readonly min: number;
  readonly max: number;
}

/** A local whose range the compiler finds: it shares its slot with none of another range. */
const RANGE_OF_RESULT = 0;

/** Whether a step's operand is what an earlier one counted. */
const takes = (operand: Operand, counted: Operand | undefined): boolean =>
  operand.is === 'value' && counted?.is === 'dst' && operand.name === counted.name;

/** What the local of a result is called: by the operand where that says its range, else by the call. */
const nameOf = ({ name, gives }: OperandIs<'dst'>, call: string): string =>
  typeof gives === 'object' && !('like' in gives) ? name : call;

class SimpleCallsBase extends Rcu {
  /** Emits the steps of a call. What the first one counts, the later ones take by its name. */
  protected compound(steps: readonly OpName[], given: readonly unknown[]): Int | undefined {
    const [first, ...rest] = steps;
    if (first === undefined) return undefined;
    const result = this.simple(first, given);
    const [counted] = specOf(first).operands;
    const isTaken = rest.some((name) => specOf(name).operands.some((o) => takes(o, counted)));
    for (const name of rest) {
      const left = [...given];
      const own = specOf(name).operands.map((o): unknown =>
        takes(o, counted) ? result : left.shift(),
      );
      this.simple(name, own);
    }
    return isTaken || !(result instanceof Int) ? undefined : result;
  }

  /** Emits the operation. @param given the arguments of its operands, without the result's */
  protected simple(name: OpName, given: readonly unknown[]): Cond | Int | undefined {
    const { operands, branches } = specOf(name);
    const left = [...given];
    const args: Arg[] = [];
    let result: Int | undefined;
    for (const operand of operands) {
      if (operand.is === 'dst') {
        const { min, max } = this.rangeOf(operand, operands, given);
        const local = this.body.local(nameOf(operand, name), null, max, min);
        result = new Int(local);
        args.push(local);
      } else if (operand.is === 'place' && operand.implicit === true)
        args.push(...this.argument(operand, implicitPlace(operand.of[0])));
      else if (operand.is !== 'ambient') args.push(...this.argument(operand, left.shift()));
    }
    if (branches === true) return this.body.branch(name, args);
    this.body.emit(name, args);
    return result;
  }

  /** A result holds what the place among the operands holds, unless the compiler finds the most that it can be. */
  private rangeOf(
    { gives }: OperandIs<'dst'>,
    operands: readonly Operand[],
    given: readonly unknown[],
  ): Range {
    if (typeof gives === 'object' && 'most' in gives) return { min: 0, max: RANGE_OF_RESULT };
    if (typeof gives === 'object' && 'from' in gives) return { min: gives.from, max: gives.to };
    const at = operands.filter(({ is }) => is !== 'dst').findIndex(({ is }) => is === 'place');
    const { min = 0, max = 1 } = (given[at] as Place | undefined)?.spec ?? {};
    return { min, max };
  }

  private argument(operand: Operand, given: unknown): readonly Arg[] {
    const { program } = this.body;
    switch (operand.is) {
      case 'place':
        if (operand.of.some((kind) => isWorkItem({ kind }))) program.queue(given as Place);
        return this.place(given as Place);
      case 'value':
      case 'index':
        return this.int(given as IntValue);
      case 'pointer':
        return [localOf(given as Ref)];
      case 'table':
        return [program.table(given as Idr)];
      case 'registry':
        return [program.registry(given as SysfsDirectory)];
      case 'module':
        return [program.module(given as KernelModule)];
      case 'check':
        return [program.check(given as string)];
      case 'dst':
      case 'comparison':
      case 'type':
      case 'count':
      case 'member':
      case 'task':
      case 'ambient':
        throw this.body.error(`a call with a ${operand.is} is written by hand`);
    }
  }
}

for (const name of OP_NAMES)
  if (isSimple(name, specOf(name)))
    Object.defineProperty(SimpleCallsBase.prototype, name, {
      value(this: { simple: SimpleCallsBase['simple'] }, ...given: readonly unknown[]) {
        return this.simple(name as OpName, given);
      },
    });

/** The steps of each call that is more than one, in the order of the catalogue. */
export function compounds(): ReadonlyMap<string, readonly OpName[]> {
  const steps = new Map<string, OpName[]>();
  for (const name of OP_NAMES) {
    const { partOf } = specOf(name);
    if (partOf !== undefined) steps.set(partOf, [...(steps.get(partOf) ?? []), name as OpName]);
  }
  return steps;
}

for (const [name, steps] of compounds())
  Object.defineProperty(SimpleCallsBase.prototype, name, {
    value(this: { compound: SimpleCallsBase['compound'] }, ...given: readonly unknown[]) {
      return this.compound(steps, given);
    },
  });

type Constructor<T> = new (...args: ConstructorParameters<typeof Rcu>) => T;

/** Everything that one operation is enough for. */
export const WithSimpleCalls = SimpleCallsBase as Constructor<SimpleCallsBase & SimpleCalls>;
