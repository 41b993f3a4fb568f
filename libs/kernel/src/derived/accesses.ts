/** Which operations are accesses that can race: those on integers, pointers and counters. */
import type { Operation } from '../operation/operation.js';

const KINDS = ['int', 'ptr', 'refcount', 'atomic'];

export const canRace = ({ operands }: Operation): boolean =>
  operands.some(
    (operand) => operand.is === 'place' && operand.of.some((kind) => KINDS.includes(kind)),
  );
