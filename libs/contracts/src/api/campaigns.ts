/**
 * Campaigns: a set of programs, a strategy (or the portfolio) and a number of schedules per program. The counters of a
 * campaign are sums over its finished shards; the ledger digest appears when it is done and is the
 * same for every split into shards, every order and every number of workers.
 */
import { z } from 'zod';
import {
  addressSchema,
  campaignStrategySchema,
  countSchema,
  digestSchema,
  idSchema,
  programReferenceSchema,
  seedSchema,
  signatureSchema,
  strategySchema,
  timeSchema,
} from './atoms.js';
import {
  MAX_AWAITED_BUGS,
  MAX_CAMPAIGN_PROGRAMS,
  MAX_CAMPAIGN_SCHEDULES,
  MAX_SHARD,
  MAX_SIGNATURE,
  MAX_STOP_MS,
  MIN_SHARD,
} from './limits.js';
import { pageOf, pageQueryShape } from './page.js';

export const DEFAULT_STRATEGY = 'rw/1';

const bugSchema = z
  .string()
  .max(MAX_SIGNATURE)
  .regex(/^[^@\s]+@[^@\s]+$/, 'must be written kind@function, or kind@function+function')
  .describe('the kind of a failure and the functions its signature names');

const awaitedSchema = z.strictObject({
  program: digestSchema,
  bugs: z.array(bugSchema).min(1).max(MAX_AWAITED_BUGS),
});

/** Rules that say the same of any program. */
export const campaignStopShapes = [
  z.enum(['count', 'first-failure']),
  z.strictObject({ confidenceWidth: z.number().gt(0).lt(1) }),
  z.strictObject({ elapsedMs: z.int().min(1).max(MAX_STOP_MS) }),
] as const;

export const stopSchema = z
  .union(
    [
      ...campaignStopShapes,
      z.strictObject({ firstFailureOf: z.array(awaitedSchema).min(1).max(MAX_CAMPAIGN_PROGRAMS) }),
    ],
    'must be "count", "first-failure", {"firstFailureOf": [{"program", "bugs"}]}, {"confidenceWidth": w} with w between 0 and 1, ' +
      `or {"elapsedMs": n} with n from 1 to ${MAX_STOP_MS}`,
  )
  .describe(
    'when a program has run enough, judged after complete rounds only: count runs all schedules, first-failure stops at ' +
      'a failure, firstFailureOf once each of the bugs listed for a program has failed (at any failure, where none is), ' +
      'confidenceWidth once the share of failing schedules is known so closely under every strategy, elapsedMs so many ' +
      'milliseconds after the campaign was created',
  );

export const campaignRequestSchema = z
  .strictObject({
    title: z
      .string()
      .regex(/^[\x20-\x7e]{1,80}$/, 'must be 1 to 80 printable ASCII characters')
      .optional()
      .describe('what lists show; the programs when absent'),
    programs: z.array(programReferenceSchema).min(1).max(MAX_CAMPAIGN_PROGRAMS),
    strategy: campaignStrategySchema.default(DEFAULT_STRATEGY),
    stop: stopSchema.optional(),
    schedules: z
      .int()
      .min(1)
      .max(MAX_CAMPAIGN_SCHEDULES)
      .describe(
        'schedules per program, all strategies of a portfolio together; the most, with stop',
      ),
    seedFrom: seedSchema.default(0),
    shardSize: z.int().min(MIN_SHARD).max(MAX_SHARD).optional().describe('fixes the shard size'),
  })
  .refine((request) => request.seedFrom + request.schedules <= Number.MAX_SAFE_INTEGER, {
    path: ['seedFrom'],
    message: 'seedFrom + schedules must stay below 2^53',
  });

export const campaignStateSchema = z
  .enum(['running', 'done', 'incomplete', 'cancelled'])
  .describe(
    'incomplete: ended with quarantined shards, whose ranges are missing, or stopped by an incident; may be retried',
  );

export const signatureCountSchema = z.object({
  signature: signatureSchema,
  kind: z.string(),
  report: z.boolean().describe('a report beside the verdict, not a failure'),
  count: countSchema,
  lanes: z
    .array(z.int().min(0).max(0xffff_ffff))
    .length(4)
    .describe('the ledger sum over all failing seeds, modulo 2^32 in four lanes'),
  lowestSeeds: z.array(seedSchema),
});

export const campaignPartSchema = z.object({
  program: digestSchema,
  address: addressSchema,
  strategy: strategySchema,
  round: countSchema,
  seedFrom: seedSchema,
  seedEnd: seedSchema.describe('the first seed after the range'),
  schedules: countSchema.describe('schedules counted so far'),
  outside: countSchema.describe('of these, runs that left the case'),
  cut: countSchema.describe('of these, runs that reached the step limit: neither clean nor failed'),
  cutSeeds: z.array(seedSchema).describe('the lowest seeds of the runs that were cut, up to 10'),
  steps: countSchema,
  signatures: z.array(signatureCountSchema),
});

export const programRoundsSchema = z.object({
  program: digestSchema,
  address: addressSchema,
  round: countSchema.describe('the round that runs or ran last; rounds count from 0'),
  stopped: z.string().nullable().describe('why there is no further round; null while there may be'),
});

export const missingRangeSchema = z.object({
  program: digestSchema,
  strategy: strategySchema,
  seedFrom: seedSchema,
  count: countSchema,
  messages: z.array(z.string()).describe('why each attempt failed'),
});

export const campaignSummarySchema = z.object({
  id: idSchema,
  title: z.string(),
  state: campaignStateSchema,
  strategy: campaignStrategySchema,
  stop: stopSchema,
  schedules: countSchema.describe(
    'schedules asked for, all programs together; the most, with stop',
  ),
  executed: countSchema.describe('schedules counted so far'),
  outside: countSchema,
  cut: countSchema,
  steps: countSchema,
  failing: countSchema.describe('failing schedules'),
  shards: z.object({ carved: countSchema, done: countSchema, quarantined: countSchema }),
  ledgerDigest: digestSchema.nullable().describe('digest of the ledger, once the campaign ended'),
  reason: z.string().nullable().describe('what stopped it before its end, if something did'),
  createdAt: timeSchema,
  finishedAt: timeSchema.nullable(),
});

export const campaignSchema = campaignSummarySchema.extend({
  parts: z.array(campaignPartSchema).describe('one per program, strategy and round'),
  rounds: z
    .array(programRoundsSchema)
    .describe('one per program where the campaign runs in rounds, else empty'),
  missing: z.array(missingRangeSchema).describe('ranges that an incomplete campaign lacks'),
  waiting: z
    .array(z.object({ program: digestSchema, address: addressSchema, semantics: z.int() }))
    .describe('programs of a running campaign whose semantics no live worker implements'),
});

export const campaignPageSchema = pageOf(campaignSummarySchema);

export const campaignListQuerySchema = z.strictObject({
  ...pageQueryShape,
  state: campaignStateSchema.optional(),
});

export type CampaignRequest = z.infer<typeof campaignRequestSchema>;
export type CampaignStop = z.infer<typeof stopSchema>;
export type ProgramRounds = z.infer<typeof programRoundsSchema>;
export type CampaignState = z.infer<typeof campaignStateSchema>;
export type CampaignPart = z.infer<typeof campaignPartSchema>;
export type CampaignSummary = z.infer<typeof campaignSummarySchema>;
export type Campaign = z.infer<typeof campaignSchema>;
export type CampaignListQuery = z.infer<typeof campaignListQuerySchema>;
export type CampaignPage = z.infer<typeof campaignPageSchema>;
