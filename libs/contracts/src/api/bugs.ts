/**
 * Bugs, their failures and their reproductions. A bug is all failures (or reports) of one scenario
 * and variant with one signature; a failure is one kept seed; a reproduction is the minimal schedule
 * with its grade. Everything that can be replayed carries its token and the command line that does.
 */
import { z } from 'zod';
import {
  addressSchema,
  countSchema,
  digestSchema,
  idSchema,
  idTextSchema,
  scheduleSchema,
  seedSchema,
  signatureSchema,
  slugSchema,
  strategySchema,
  timeSchema,
} from './atoms.js';
import { pageOf, pageQueryShape } from './page.js';

/** What replays one run, by hand and by API. */
export const replayHandleSchema = z.object({
  token: z.string().describe('body of POST /replays: {"token": ...}'),
  command: z.string().describe('the command line that replays the same run'),
});

export const costSchema = z
  .object({
    events: countSchema,
    preemptions: countSchema,
    switches: countSchema,
    steps: countSchema,
  })
  .describe('cost of a schedule, compared in this order');

export const reproductionSchema = z.object({
  id: idSchema,
  bug: idSchema,
  program: digestSchema,
  address: addressSchema,
  signature: signatureSchema,
  grade: z.string().describe('minimum (proved), minimum up to c preemptions, or locally minimal'),
  cost: costSchema,
  schedule: scheduleSchema,
  traceDigest: digestSchema,
  certificate: z
    .unknown()
    .describe('what was expanded at each cheaper cost, and what was left unproved'),
  replay: replayHandleSchema,
  createdAt: timeSchema,
});

export const reproductionPageSchema = pageOf(reproductionSchema);

export const reproductionListQuerySchema = z.strictObject({
  ...pageQueryShape,
  bug: idTextSchema.optional().describe('reproductions of this bug, one per program'),
});

export const bugSchema = z.object({
  id: idSchema,
  scenario: slugSchema,
  variant: slugSchema,
  kind: z.string(),
  title: z.string(),
  signature: signatureSchema,
  report: z.boolean(),
  count: countSchema.describe('failing schedules ever counted'),
  state: z
    .enum(['open', 'gone'])
    .describe('gone: nights no longer meet it; met again, it is open again'),
  firstSeenAt: timeSchema,
  lastSeenAt: timeSchema,
  reproduction: reproductionSchema.nullable().describe('null until shrinking has ended'),
});

export const bugPageSchema = pageOf(bugSchema);

export const bugListQuerySchema = z.strictObject({
  ...pageQueryShape,
  scenario: slugSchema.optional(),
  variant: slugSchema.optional(),
});

export const failureSchema = z.object({
  bug: idSchema,
  program: digestSchema,
  address: addressSchema,
  strategy: strategySchema,
  seed: seedSchema,
  signature: signatureSchema,
  schedule: scheduleSchema,
  traceDigest: digestSchema,
  replay: replayHandleSchema,
});

export const failurePageSchema = pageOf(failureSchema);

export const failureListQuerySchema = z.strictObject({
  ...pageQueryShape,
  bug: idTextSchema.describe('failures of this bug'),
});

export type ReplayHandle = z.infer<typeof replayHandleSchema>;
export type Cost = z.infer<typeof costSchema>;
export type Reproduction = z.infer<typeof reproductionSchema>;
export type ReproductionListQuery = z.infer<typeof reproductionListQuerySchema>;
export type ReproductionPage = z.infer<typeof reproductionPageSchema>;
export type Bug = z.infer<typeof bugSchema>;
export type BugListQuery = z.infer<typeof bugListQuerySchema>;
export type BugPage = z.infer<typeof bugPageSchema>;
export type Failure = z.infer<typeof failureSchema>;
export type FailureListQuery = z.infer<typeof failureListQuerySchema>;
export type FailurePage = z.infer<typeof failurePageSchema>;
