/**
 * The wake-up for one shard. The range is in the job so that a person who inspects the queue sees it;
 * the row in the database decides, and a worker reads everything it runs from there.
 */
import { z } from 'zod';
import {
  addressSchema,
  countSchema,
  digestSchema,
  seedSchema,
  strategySchema,
} from '../api/atoms.js';

export const shardJobSchema = z.strictObject({
  shard: z.int().min(1),
  delivery: z.int().min(1),
  program: digestSchema,
  address: addressSchema,
  strategy: strategySchema,
  seedFrom: seedSchema,
  count: countSchema.min(1),
  /** Run with nothing else in the process: workers have ended while they held it. */
  alone: z.boolean().default(false),
  /** Whose shard it is, and the span of the request that campaign began with: for logs and traces. */
  campaign: z.int().min(1).optional(),
  traceParent: z.string().nullish(),
  /** Somebody has begun it before: it goes before those that nobody has. */
  again: z.boolean().default(false),
  /** It was counted: run it once more and compare. */
  audit: z.boolean().default(false),
});

export type ShardJob = z.infer<typeof shardJobSchema>;
