/**
 * Operations: work of a length nobody knows beforehand (a proof, a table of orders, a shrink), asked for by one request and
 * answered by another. One may be cancelled, and resumed: it then starts again, with the same result.
 */
import { z } from 'zod';
import {
  addressSchema,
  countSchema,
  digestSchema,
  idSchema,
  programReferenceSchema,
  scheduleSchema,
  signatureSchema,
  timeSchema,
} from './atoms.js';
import { costSchema } from './bugs.js';
import type { Immutable } from './immutable.js';
import { DEFAULT_NODES, DEFAULT_STATES, MAX_NODES, MAX_STATES } from './limits.js';
import { milestonesSchema, ordersSchema } from './orders.js';
import { pageOf, pageQueryShape } from './page.js';
import { searchSchema } from './searches.js';

const maxStates = z
  .int()
  .min(1)
  .max(MAX_STATES)
  .default(DEFAULT_STATES)
  .describe('budget of the search; the memory of the worker bounds it too');

const proveShape = {
  kind: z.literal('prove'),
  maxStates,
  symmetry: z.boolean().default(false).describe('count states once that differ by identical tasks'),
  reduce: z.boolean().default(false).describe('leave out orders of steps that cannot matter'),
};

const ordersShape = {
  kind: z.literal('orders'),
  milestones: milestonesSchema.optional(),
  maxStates,
};

const shrinkShape = {
  kind: z.literal('shrink'),
  signature: signatureSchema,
  schedule: scheduleSchema.optional().describe('a run that shows it, to start from'),
  maxNodes: z
    .int()
    .min(1)
    .max(MAX_NODES)
    .default(DEFAULT_NODES)
    .describe('budget of each exact search'),
};

const askedShape = {
  program: programReferenceSchema,
  background: z
    .boolean()
    .default(false)
    .describe('let whatever a person asked for, and running campaigns, go first'),
};

/** What is to be done with a program, as it is stored. */
export const workSchema = z.discriminatedUnion('kind', [
  z.strictObject(proveShape),
  z.strictObject(ordersShape),
  z.strictObject(shrinkShape),
]);

export const operationRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...proveShape, ...askedShape }),
  z.strictObject({ ...ordersShape, ...askedShape }),
  z.strictObject({ ...shrinkShape, ...askedShape }),
]);

export const operationStateSchema = z
  .enum(['waiting', 'running', 'done', 'failed', 'cancelled'])
  .describe('failed: the program has no answer, or its workers failed too often; messages say why');

export const shrunkSchema = z.object({
  grade: z.string(),
  cost: costSchema,
  schedule: scheduleSchema,
  traceDigest: digestSchema,
  certificate: z.unknown().describe('what was expanded at each cheaper cost'),
});

export const operationSummarySchema = z.object({
  id: idSchema,
  program: digestSchema,
  address: addressSchema,
  work: workSchema,
  background: z.boolean(),
  state: operationStateSchema,
  progress: countSchema.describe('states expanded by the present or last run'),
  messages: z.array(z.string()).describe('why runs of it failed or were lost, oldest first'),
  createdAt: timeSchema,
  startedAt: timeSchema.nullable(),
  endedAt: timeSchema.nullable(),
});

export const operationSchema = operationSummarySchema.extend({
  result: z
    .union([searchSchema, ordersSchema, shrunkSchema])
    .nullable()
    .describe('of the kind that was asked for; null until it is done'),
});

export const operationPageSchema = pageOf(operationSummarySchema);

export const operationListQuerySchema = z.strictObject({
  ...pageQueryShape,
  state: operationStateSchema.optional(),
});

export type Work = Immutable<z.infer<typeof workSchema>>;
export type WorkKind = Work['kind'];
export type OperationRequest = z.infer<typeof operationRequestSchema>;
export type OperationState = z.infer<typeof operationStateSchema>;
export type OperationSummary = Immutable<z.infer<typeof operationSummarySchema>>;
export type Operation = Immutable<z.infer<typeof operationSchema>>;
export type OperationListQuery = z.infer<typeof operationListQuerySchema>;
export type Shrunk = Immutable<z.infer<typeof shrunkSchema>>;
