/**
 * Operations and kinds of fields by name, and the numbers of operations: whatever is asked of "an operation" is asked here
 * or derived from here. Numbers stand in no program; they are the order of the catalogue.
 */
import { AssertionError } from '../assert.js';
import type { FieldKind } from '../operation/field-kind.js';
import type { Operand, OperandIs } from '../operation/operand.js';
import type { Operation } from '../operation/operation.js';
import { KINDS_OF_FIELDS, OPERATIONS } from '../primitives/index.js';

export type OpName = keyof typeof OPERATIONS;
export type FieldKindName = keyof typeof KINDS_OF_FIELDS;

const operations: ReadonlyMap<string, Operation> = new Map(Object.entries(OPERATIONS));
const kinds: ReadonlyMap<string, FieldKind> = new Map(Object.entries(KINDS_OF_FIELDS));

export const OP_NAMES: readonly string[] = [...operations.keys()];
export const FIELD_KIND_NAMES: readonly string[] = [...kinds.keys()];

const numbers: ReadonlyMap<string, number> = new Map(OP_NAMES.map((name, i) => [name, i]));

/** Lookup by a string from outside; undefined if there is no such operation. */
export const findSpec = (name: string): Operation | undefined => operations.get(name);

/** The operation of that name; there is one in a validated program. */
export function specOf(name: string): Operation {
  const found = operations.get(name);
  if (found === undefined) throw new AssertionError(`there is an operation '${name}'`);
  return found;
}

/** The kind of field of that name; there is one in a validated program. */
export function fieldKindOf(name: string): FieldKind {
  const found = kinds.get(name);
  if (found === undefined) throw new AssertionError(`there is a kind of field '${name}'`);
  return found;
}

export const numberOf = (name: string): number => numbers.get(name) ?? -1;

export const isA = <Is extends Operand['is']>(operand: Operand, is: Is): operand is OperandIs<Is> =>
  operand.is === is;

/** Operations that wait for what they work on, by kind of field; kinds that some operation joins. */
const placesWhere = (
  wanted: (op: Operation, operand: OperandIs<'place'>) => boolean,
): Set<string> =>
  new Set(
    [...operations.values()].flatMap((op) =>
      op.operands.flatMap((operand) =>
        isA(operand, 'place') && wanted(op, operand) ? operand.of : [],
      ),
    ),
  );

/** Kinds of fields that some operation waits on. */
export const AWAITED_KINDS: readonly string[] = [...placesWhere(({ wait }) => wait !== 'never')];

const countsJoin = [...operations.values()].some((op) =>
  op.operands.some((operand) => isA(operand, 'count') && operand.touch === 'joins'),
);

/** Kinds of fields that some operation joins: to read one exactly does not commute with that. */
export const JOINED_KINDS: ReadonlySet<string> = new Set([
  ...placesWhere((_, { touch }) => touch === 'joins'),
  ...(countsJoin ? ['refcount'] : []),
]);
