/**
 * What one range of seeds adds up to. Two totals of one program and strategy are merged by adding,
 * so a ledger cannot depend on where shards were cut or which worker ran them. The engine produces
 * exactly this shape; the service stores it without importing the engine.
 */
import { z } from 'zod';
import {
  countSchema,
  scheduleSchema,
  digestSchema,
  seedSchema,
  signatureSchema,
} from '../api/atoms.js';

const laneSchema = z.int().min(0).max(0xffff_ffff);

export const signatureTotalsSchema = z.object({
  signature: signatureSchema,
  kind: z.string(),
  report: z.boolean(),
  count: countSchema,
  lanes: z.tuple([laneSchema, laneSchema, laneSchema, laneSchema]),
  lowestSeeds: z.array(seedSchema),
});

export const shardTotalsSchema = z.object({
  schedules: countSchema,
  outside: countSchema,
  cut: countSchema,
  cutSeeds: z.array(seedSchema).describe('the lowest seeds of the runs that were cut, ascending'),
  steps: countSchema,
  signatures: z.array(signatureTotalsSchema),
});

/** A failing seed worth keeping, with what replays it even if the meaning of seeds should change. */
export const keptFailureSchema = z.object({
  signature: signatureSchema,
  seed: seedSchema,
  schedule: scheduleSchema,
  traceDigest: digestSchema,
});

export const shardResultSchema = z.object({
  totals: shardTotalsSchema,
  failures: z.array(keptFailureSchema),
  elapsedMs: countSchema,
});

export type SignatureTotals = z.infer<typeof signatureTotalsSchema>;
export type ShardTotals = z.infer<typeof shardTotalsSchema>;
export type KeptFailure = z.infer<typeof keptFailureSchema>;
export type ShardResult = z.infer<typeof shardResultSchema>;
