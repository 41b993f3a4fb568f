/**
 * What `lastref doctor` learns of an installation from its service: one row for each thing that can be wrong, with what was
 * found and, unless all is well, what to do.
 */
import { z } from 'zod';

export const checkSchema = z.object({
  name: z.string().describe('what was looked at'),
  state: z.enum(['ok', 'warning', 'fault']).describe('fault: something does not work now'),
  found: z.string().describe('what was found, in one sentence'),
  advice: z.string().optional().describe('what to do, where there is something'),
});

export const checksSchema = z.object({
  version: z.string().describe('of the API'),
  checks: z.array(checkSchema),
});

export type Check = z.infer<typeof checkSchema>;
export type Checks = z.infer<typeof checksSchema>;
