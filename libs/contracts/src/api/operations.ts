/**
 * What tells whether the machine is alive: workers, health and progress.
 */
import { z } from 'zod';
import { countSchema, timeSchema } from './atoms.js';
import { pageOf, pageQuerySchema } from './page.js';

export const workerSchema = z.object({
  id: z.uuid(),
  host: z.string(),
  pid: z.int(),
  threads: countSchema,
  semantics: z.array(z.int()).describe('versions of the engine that it runs'),
  version: z.string(),
  alive: z.boolean(),
  startedAt: timeSchema,
  seenAt: timeSchema,
  stoppedAt: timeSchema.nullable(),
});

export const workerPageSchema = pageOf(workerSchema);

export const workerListQuerySchema = pageQuerySchema;

export const liveSchema = z.object({ status: z.literal('live') });

export const readySchema = z.object({ status: z.literal('ready') });

export const progressSchema = z.object({
  workersAlive: countSchema,
  threadsAlive: countSchema.describe('threads that explore, all workers together'),
  campaignsRunning: countSchema,
  shards: z
    .object({
      pending: countSchema,
      queued: countSchema,
      leased: countSchema,
      done: countSchema,
      quarantined: countSchema,
    })
    .describe('shards of the running campaigns by state'),
  oldestQueuedMs: countSchema.describe('how long the shard that was queued first has waited'),
  movement: z
    .enum(['idle', 'moving', 'no-workers', 'stuck'])
    .describe('whether what waits goes on: nothing waits, it does, nobody is alive, nobody begins'),
});

export type Worker = z.infer<typeof workerSchema>;
export type WorkerPage = z.infer<typeof workerPageSchema>;
export type Progress = z.infer<typeof progressSchema>;
