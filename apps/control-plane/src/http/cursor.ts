/**
 * Page cursors: the key of the last row seen as base64url of its JSON. Opaque to clients; a cursor that
 * was not made here is refused, never guessed at.
 */
import { z } from 'zod';
import { Problem } from './problem.js';

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

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
