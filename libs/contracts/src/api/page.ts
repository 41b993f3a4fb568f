/**
 * Keyset pages. A list answers `{items, next}`; `next` is an opaque cursor that names the last item
 * seen, so that rows arriving meanwhile neither repeat nor hide others. The last page has next: null.
 */
import { z } from 'zod';
import { DEFAULT_PAGE, MAX_CURSOR, MAX_PAGE } from './limits.js';

/** The two query parameters of every list; text, because a query string has nothing else. */
export const pageQueryShape = {
  limit: z
    .string()
    .regex(/^[1-9][0-9]{0,2}$/, `must be an integer from 1 to ${MAX_PAGE}`)
    .transform(Number)
    .refine((value) => value <= MAX_PAGE, `must be at most ${MAX_PAGE}`)
    .optional()
    .transform((value) => value ?? DEFAULT_PAGE)
    .describe(`items per page, 1 to ${MAX_PAGE}; ${DEFAULT_PAGE} when absent`),
  after: z
    .string()
    .min(1)
    .max(MAX_CURSOR)
    .regex(/^[A-Za-z0-9_-]+$/, 'must be the `next` of an earlier page')
    .optional()
    .describe('the `next` of the page before'),
};

export const pageQuerySchema = z.strictObject(pageQueryShape);

/** The page schema of one kind of item. */
export function pageOf<Item extends z.ZodType>(
  item: Item,
): z.ZodObject<{ items: z.ZodArray<Item>; next: z.ZodNullable<z.ZodString> }> {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().describe('cursor of the next page, null on the last'),
  });
}

export type PageQuery = z.infer<typeof pageQuerySchema>;

export interface Page<Item> {
  items: Item[];
  next: string | null;
}
