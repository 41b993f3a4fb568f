/** Exports of a reproduction: which format, in the path; how wide a text, in the query. */
import { z } from 'zod';
import { DEFAULT_EXPORT_WIDTH, MAX_EXPORT_WIDTH, MIN_EXPORT_WIDTH } from './limits.js';

export const exportFormatSchema = z
  .string()
  .regex(/^[a-z]{1,20}$/, 'must be the name of a format')
  .describe('text, markdown, json, mermaid, perfetto, shiviz, dot, junit, sarif or delays');

export const exportQuerySchema = z.strictObject({
  width: z
    .string()
    .regex(/^[1-9][0-9]{0,3}$/, 'must be a number of columns')
    .transform(Number)
    .pipe(z.int().min(MIN_EXPORT_WIDTH).max(MAX_EXPORT_WIDTH))
    .default(DEFAULT_EXPORT_WIDTH)
    .describe('columns of the format text'),
});

export type ExportQuery = z.infer<typeof exportQuerySchema>;
