/**
 * Numbers as the rest of the code sees them. The database counts in int8; a JavaScript number is exact
 * only up to 2^53-1, so everything that leaves storage has been through `safeNumber`.
 */
import assert from 'node:assert';

export function safeNumber(value: bigint | string | number): number {
  const number = Number(value);
  assert(Number.isSafeInteger(number), `${String(value)} is not a safe integer`);
  return number;
}
