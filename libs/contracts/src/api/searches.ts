/**
 * What exhaustive search answers of a program, as the command line prints it with --json: the verdict and the certificate.
 * The same program and options give the same answer anywhere, except that a service's memory may bound it sooner.
 */
import { z } from 'zod';
import { countSchema, digestSchema, signatureSchema } from './atoms.js';
import type { Immutable } from './immutable.js';

const names = z.array(z.string());

const unexecutedSchema = z.object({
  pc: countSchema,
  what: z.enum(['step', 'branch', 'fault']),
  exit: z.enum(['true', 'false']).optional().describe('of a branch: the exit never taken'),
});

export const searchSchema = z.object({
  program: digestSchema,
  address: z.string(),
  complete: z.boolean().describe('every schedule was searched; otherwise nothing is proved'),
  limit: z
    .enum(['states', 'bytes'])
    .nullable()
    .describe('what ended the search before it was through: the budget asked for, or memory'),
  states: countSchema,
  transitions: countSchema,
  symmetry: z.boolean(),
  reduced: z.boolean(),
  frontier: countSchema.describe('states found and not expanded'),
  depth: countSchema.describe('steps up to which every schedule was searched'),
  bytesPerState: countSchema,
  stateKeys: digestSchema.describe('digest of the states found, whatever their order'),
  ends: z.object({ clean: countSchema, failed: countSchema, outside: countSchema }),
  failures: z.array(signatureSchema),
  pollers: names,
  reports: z.array(signatureSchema),
  reached: names.describe('milestones that some run reaches'),
  missed: names.describe('milestones that some run should reach and none does'),
  unexecuted: z.array(unexecutedSchema).describe('what no run executes'),
  idleTasks: names,
});

export type Search = Immutable<z.infer<typeof searchSchema>>;
