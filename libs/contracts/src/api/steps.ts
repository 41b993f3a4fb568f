/**
 * The states of a run, a page at a time: what each task does and waits for, who holds what, which objects live, before the first
 * step (0) and behind each. A page ends early where it would be larger than an answer may be; `next` says where to go on.
 */
import { z } from 'zod';
import { addressSchema, digestSchema } from './atoms.js';
import { replayHandleSchema } from './bugs.js';
import type { Immutable } from './immutable.js';
import { DEFAULT_PAGE, MAX_PAGE, MAX_REPLAY_STEPS } from './limits.js';
import { isOneForm, RUN_FORMS, runFields } from './replays.js';
import { traceStepSchema, verdictSchema, waitingTaskSchema } from './traces.js';

export const stepsRequestSchema = z
  .strictObject({
    ...runFields,
    from: z
      .int()
      .min(0)
      .max(MAX_REPLAY_STEPS)
      .default(0)
      .describe('steps executed in the first state'),
    limit: z.int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE).describe('most states of the page'),
  })
  .refine((request) => isOneForm(request), RUN_FORMS)
  .describe(RUN_FORMS);

const taskNumber = z.int().min(0).describe('number of a task, see `tasks`');
const sinceSchema = z.int().optional().describe('the step that did; absent: so from the start');

export const namedValueSchema = z.object({
  name: z.string(),
  value: z.int(),
  text: z
    .string()
    .describe('what the number means: an object, tasks, an entry of a list, or itself'),
});

export const taskStateSchema = z.object({
  task: taskNumber,
  name: z.string(),
  condition: z.enum([
    ...['next', 'runnable', 'held back', 'interrupted', 'blocked', 'parked'],
    ...['armed', 'idle', 'not started', 'ended', 'failed'],
  ] as const),
  pc: z.int(),
  text: z.string().optional().describe('the operation that it executes next, or waits at'),
  function: z.string().optional(),
  calls: z.array(z.string()).describe('call trace, innermost first'),
  place: z.string().optional(),
  runs: z.string().optional().describe('the work item that it runs'),
  waits: waitingTaskSchema
    .pick({ resource: true, wants: true, holders: true, parked: true })
    .optional(),
  locals: z.array(namedValueSchema),
});

export const heldLockSchema = z.object({
  lock: z.string(),
  lockClass: z.string(),
  task: taskNumber,
  way: z.enum(['exclusive', 'shared', 'awaited']),
  since: sinceSchema,
});

export const objectStateSchema = z.object({
  object: z.string(),
  type: z.string(),
  state: z.enum(['live', 'freed']),
  by: z.string().describe('the function that allocated it, or freed it'),
  since: sinceSchema,
  task: taskNumber.optional(),
  fields: z.array(namedValueSchema),
});

export const stepStateSchema = z.object({
  n: z.int().min(0).describe('steps executed so far'),
  step: traceStepSchema.optional().describe('the step that led here'),
  changes: z.array(z.object({ name: z.string(), from: z.string(), to: z.string() })),
  next: taskNumber.optional().describe('the task that takes the next step'),
  tasks: z.array(taskStateSchema),
  locks: z.array(heldLockSchema),
  counts: z.array(namedValueSchema).describe('references and other counts'),
  objects: z.array(objectStateSchema),
  globals: z.array(namedValueSchema),
});

export const stepsSchema = z.object({
  program: digestSchema,
  address: addressSchema,
  tasks: z.array(z.string()).describe('names of the threads, by task number'),
  verdict: verdictSchema,
  steps: z.int().describe('of the whole run: there is one state more'),
  states: z.array(stepStateSchema),
  next: z.int().nullable().describe('`from` of the next page; null behind the last'),
  replay: replayHandleSchema,
});

export type StepsRequest = z.infer<typeof stepsRequestSchema>;
export type Steps = Immutable<z.infer<typeof stepsSchema>>;
