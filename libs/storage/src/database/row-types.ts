/**
 * How raw SQL rows become plain values: int8 and int8[] are numbers, asserted safe; everything else is
 * as `pg` has it (timestamptz is a Date). Given per query, because Prisma shares the pool and has its own.
 */
import pg from 'pg';
import { safeNumber } from './numbers.js';

const INT8 = 20;
const INT8_ARRAY = 1016;

function int8Array(text: string): number[] {
  return text === '{}' ? [] : text.slice(1, -1).split(',').map(safeNumber);
}

const PARSERS = new Map<number, (text: string) => unknown>([
  [INT8, safeNumber],
  [INT8_ARRAY, int8Array],
]);

export const rowTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: Parameters<typeof pg.types.getTypeParser>[0]): unknown =>
    PARSERS.get(oid) ?? pg.types.getTypeParser(oid),
};
