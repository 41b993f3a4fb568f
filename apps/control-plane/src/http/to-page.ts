/**
 * Makes a page of rows that were read with one more than the page holds: the extra row only tells that
 * there is a next page. A page of very large items has fewer of them than were asked for.
 */
import { MAX_ANSWER_BYTES, type Page } from '@lastref/contracts';
import { writeCursor } from './cursor.js';

export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => unknown,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const items = fitting(rows.slice(0, limit).map(itemOf));
  const last = rows[items.length - 1];
  const more = rows.length > items.length && last !== undefined;
  return { items, next: more ? writeCursor(keyOf(last)) : null };
}

/** The first of the items, as many as one answer may hold, and at least one. */
function fitting<Item>(items: readonly Item[]): Item[] {
  let bytes = 0;
  const end = items.findIndex((item) => {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1;
    return bytes > MAX_ANSWER_BYTES;
  });
  return end < 0 ? [...items] : items.slice(0, Math.max(end, 1));
}
