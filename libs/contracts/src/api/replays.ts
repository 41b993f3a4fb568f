/**
 * Synchronous replays. Exactly one of three forms names the run: a program with a strategy and a
 * seed, a program with a schedule, or a token. The answer holds every step of the run and the digest
 * of its trace, the same that the command line prints.
 */
import { z } from 'zod';
import {
  addressSchema,
  digestSchema,
  scheduleSchema,
  seedSchema,
  strategySchema,
} from './atoms.js';
import { replayHandleSchema } from './bugs.js';
import type { Immutable } from './immutable.js';
import { MAX_TOKEN } from './limits.js';
import { traceSchema } from './traces.js';

export const RUN_FORMS =
  'must hold exactly one of: token; schedule with address or digest; strategy and seed with address or digest';

/** What names a run. */
export const runFields = {
  address: addressSchema.optional(),
  digest: digestSchema.optional().describe('of the program, instead of its address'),
  strategy: strategySchema.optional(),
  seed: seedSchema.optional(),
  schedule: scheduleSchema.optional(),
  token: z.string().min(1).max(MAX_TOKEN).optional(),
};

export const replayRequestSchema = z
  .strictObject(runFields)
  .refine((request) => isOneForm(request), RUN_FORMS)
  .describe(RUN_FORMS);

type Fields = Partial<
  Record<'address' | 'digest' | 'strategy' | 'seed' | 'schedule' | 'token', unknown>
>;

export function isOneForm(request: Fields): boolean {
  const has = (field: keyof Fields): boolean => request[field] !== undefined;
  const programs = Number(has('address')) + Number(has('digest'));
  const bySeed = has('strategy') || has('seed');
  if (has('token')) return programs === 0 && !bySeed && !has('schedule');
  if (has('schedule')) return programs === 1 && !bySeed;
  return programs === 1 && has('strategy') && has('seed');
}

export const replaySchema = traceSchema.extend({
  text: z.string().describe('the report as the kernel prints it, and the interleaving in columns'),
  replay: replayHandleSchema,
});

export type ReplayRequest = z.infer<typeof replayRequestSchema>;
export type Replay = Immutable<z.infer<typeof replaySchema>>;
