/**
 * Makes a page of rows that were read with one more than the page holds: the extra row only tells that
 * there is a next page.
 */
import type { Page } from '@lastref/contracts';
import { writeCursor } from './cursor.js';

export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => unknown,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: shown.map(itemOf), next: more ? writeCursor(keyOf(last)) : null };
}
