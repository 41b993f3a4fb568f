/**
 * A run told step by step, as replays answer it and the command line prints it. The engine has its own
 * type of the same form; that they agree is checked where one becomes the other.
 */
import { z } from 'zod';
import {
  addressSchema,
  digestSchema,
  scheduleSchema,
  seedSchema,
  signatureSchema,
  strategySchema,
} from './atoms.js';
import { costSchema } from './bugs.js';

const taskNumber = z.int().min(0).describe('number of a task, see `tasks`');

export const verdictSchema = z
  .discriminatedUnion('outcome', [
    z.object({ outcome: z.enum(['clean', 'outside', 'cut', 'unfinished']) }),
    z.object({ outcome: z.literal('failed'), signature: signatureSchema, kind: z.string() }),
  ])
  .describe('how the run ended; unfinished: the schedule ended before the run did');

export const traceStepSchema = z.object({
  n: z.int().min(1).describe('from 1'),
  task: taskNumber,
  pc: z.int(),
  text: z.string().describe('the operation as a line of kernel code'),
  function: z.string(),
  calls: z.array(z.string()).describe('call trace, innermost first'),
  fault: z.boolean(),
  switch: z.enum(['none', 'switch', 'preemption']),
  milestone: z.string().optional(),
  changes: z.array(z.object({ name: z.string(), from: z.int(), to: z.int() })),
  objects: z.array(
    z.object({ object: z.string(), type: z.string(), event: z.enum(['allocated', 'freed']) }),
  ),
  locks: z
    .array(
      z.object({
        event: z.enum(['acquire', 'try', 'release']),
        lockClass: z.string(),
        lock: z.string().describe('which one of the class'),
      }),
    )
    .describe('locks taken and let go; try: without waiting, which orders nothing'),
});

export const waitingTaskSchema = z.object({
  task: taskNumber,
  pc: z.int(),
  text: z.string(),
  function: z.string(),
  calls: z.array(z.string()),
  resource: z.string().describe('what the task waits for'),
  wants: z.string().optional().describe('the class of the lock it is to take, if it waits for one'),
  holders: z.array(taskNumber),
  parked: z.boolean().describe('waiting here for ever is no failure'),
});

export const loopSchema = z
  .object({
    tasks: z.array(
      z.object({
        task: taskNumber,
        function: z.string(),
        calls: z.array(z.string()).describe('at the head of the loop, innermost first'),
        lines: z.array(z.string()).describe('what it executes on its way round'),
      }),
    ),
    waiting: z.array(waitingTaskSchema).describe('who waits for ever meanwhile'),
  })
  .describe('the livelock that the schedule leads into');

export const traceSchema = z.object({
  program: digestSchema,
  address: addressSchema,
  title: z.string(),
  strategy: strategySchema.optional(),
  seed: seedSchema.optional(),
  verdict: verdictSchema,
  reports: z.array(z.string()).describe('signatures of the reports of the run'),
  schedule: scheduleSchema,
  digest: digestSchema.describe('digest of the trace'),
  cost: costSchema,
  tasks: z.array(z.string()).describe('names of the threads, by task number'),
  started: z.array(z.int()),
  steps: z.array(traceStepSchema),
  waiting: z.array(waitingTaskSchema).describe('tasks that the run leaves blocked'),
  inInterrupt: z.literal(true).optional().describe('the step that failed ran in an interrupt'),
  culprit: z
    .object({
      object: z.string(),
      type: z.string(),
      loads: z.array(z.int()).describe('steps by which the failing task got its pointers to it'),
    })
    .optional(),
  loop: loopSchema.optional(),
});
