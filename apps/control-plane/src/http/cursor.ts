/**
 * Page cursors: the key of the last row seen as base64url of its JSON. Opaque to clients; a cursor that
 * was not made here is refused, never guessed at.
 */
import { z } from 'zod';
import { readStrictJson } from '../json/strict-json.js';
import { Problem } from './problem.js';

/** A key is a value, or a flat object of some. */
const CURSOR_DEPTH = 1;

export const numberKey = z.int().min(0);
export const textKey = z.string().min(1).max(200);

export function writeCursor(key: unknown): string {
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

export function readCursor<Key extends z.ZodType>(
  cursor: string | undefined,
  schema: Key,
): z.output<Key> | undefined {
  if (cursor === undefined) return undefined;
  const result = schema.safeParse(decode(cursor));
  if (result.success) return result.data;
  const message = 'must be the `next` of an earlier page of this list';
  throw new Problem('invalid-query', `?after: ${message}`, {
    errors: [{ pointer: '?after', message }],
  });
}

/** As strictly as a body: it may come from anywhere. */
function decode(cursor: string): unknown {
  const result = readStrictJson(Buffer.from(cursor, 'base64url').toString('utf8'), CURSOR_DEPTH);
  return result.ok ? result.value : undefined;
}
