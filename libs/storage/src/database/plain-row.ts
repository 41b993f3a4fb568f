/** A row of a raw statement that went through Prisma's client, whose int8 is a bigint: as row-types.ts would have it. */
import { safeNumber } from './numbers.js';

const plain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return safeNumber(value);
  return Array.isArray(value) ? value.map(plain) : value;
};

export function plainRow(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));
}
