/**
 * Nightlies: campaigns that start again and again, by a cron expression in a time zone. Each due time is a tick, whatever came
 * of it. A night goes on with the seeds where the one before ended, so nights add up; it is compared with the nights before:
 * which bugs are new, gone, or back after they were gone.
 */
import { z } from 'zod';
import {
  campaignStrategySchema,
  countSchema,
  idSchema,
  idTextSchema,
  programSetSchema,
  signatureSchema,
  slugSchema,
  timeSchema,
} from './atoms.js';
import { campaignStateSchema, campaignStopShapes, DEFAULT_STRATEGY } from './campaigns.js';
import {
  MAX_CAMPAIGN_SCHEDULES,
  MAX_CANARY_MINUTES,
  MAX_CATCH_UP_MINUTES,
  MAX_CRON,
  MAX_DEADLINE_MINUTES,
  MAX_NIGHTLY_REFERENCES,
  MAX_SHARD,
  MAX_ZONE,
  MIN_SHARD,
} from './limits.js';
import { pageOf, pageQueryShape } from './page.js';

export const DEFAULT_CATCH_UP_MINUTES = 360;
export const DEFAULT_CANARY_MINUTES = 60;

export const overlapSchema = z
  .enum(['skip', 'queue', 'replace'])
  .describe(
    'what a due time does while the night before still runs: skip leaves it out, queue starts it afterwards (one at most), ' +
      'replace ends the running one once the shards under way are counted',
  );

const minutes = (most: number): z.ZodInt => z.int().min(1).max(most);

const fields = {
  name: slugSchema.describe('its name, of 1 to 48 characters of a-z, 0-9, - and .'),
  cron: z
    .string()
    .min(1)
    .max(MAX_CRON)
    .describe('when it is due: minute, hour, day of month, month, day of week'),
  zone: z.string().min(1).max(MAX_ZONE).describe('the time zone that cron is read in'),
  programs: z.array(programSetSchema).min(1).max(MAX_NIGHTLY_REFERENCES),
  strategy: campaignStrategySchema,
  stop: z
    .union(
      campaignStopShapes,
      'must be "count", "first-failure", {"confidenceWidth": w} or {"elapsedMs": n}',
    )
    .describe('when a program has run enough, as of a campaign'),
  schedules: z
    .int()
    .min(1)
    .max(MAX_CAMPAIGN_SCHEDULES)
    .describe('schedules per program and night; the most, with stop'),
  shardSize: z.int().min(MIN_SHARD).max(MAX_SHARD).describe('fixes the shard size'),
  overlap: overlapSchema,
  catchUpMinutes: z
    .int()
    .min(0)
    .max(MAX_CATCH_UP_MINUTES)
    .describe('how late a due time may still start; past that it is missed'),
  deadlineMinutes: minutes(MAX_DEADLINE_MINUTES)
    .nullable()
    .describe('how long a night may take before it is called late; null: until the next is due'),
  canaryMinutes: minutes(MAX_CANARY_MINUTES).describe(
    'how long the canaries of a night may take before that is an incident',
  ),
};

export const nightlyRequestSchema = z.strictObject({
  ...fields,
  zone: fields.zone.default('UTC'),
  strategy: fields.strategy.default(DEFAULT_STRATEGY),
  stop: fields.stop.default('count'),
  shardSize: fields.shardSize.optional(),
  overlap: fields.overlap.default('skip'),
  catchUpMinutes: fields.catchUpMinutes.default(DEFAULT_CATCH_UP_MINUTES),
  deadlineMinutes: fields.deadlineMinutes.default(null),
  canaryMinutes: fields.canaryMinutes.default(DEFAULT_CANARY_MINUTES),
});

export const nightlyEditSchema = z
  .strictObject({ ...fields, shardSize: fields.shardSize.nullable() })
  .partial()
  .refine((edit) => Object.keys(edit).length > 0, 'must name what is to change');

export const tickStateSchema = z
  .enum(['started', 'queued', 'skipped', 'missed', 'failed'])
  .describe(
    'started: it has a campaign. queued: it starts when the night before has ended. skipped: the night before still ran. ' +
      'missed: the service was not there in time. failed: no campaign could be started',
  );

export const canaryStateSchema = z
  .enum(['waiting', 'held', 'surprise', 'unjudged'])
  .describe(
    'held: the program that must fail failed and the one that must not did not. surprise: otherwise, an incident. ' +
      'unjudged: their campaign was cancelled',
  );

export const tickSchema = z.object({
  id: idSchema,
  nightly: idSchema,
  dueAt: timeSchema,
  state: tickStateSchema,
  message: z.string().nullable().describe('why it did not start'),
  campaign: z
    .object({
      id: idSchema,
      state: campaignStateSchema,
      executed: countSchema,
      failing: countSchema,
    })
    .nullable(),
  startedAt: timeSchema.nullable(),
  deadlineAt: timeSchema.nullable(),
  late: z.boolean().describe('its campaign had not ended at its deadline'),
  canary: canaryStateSchema.nullable(),
  canaryCampaign: idSchema.nullable(),
  canaryLate: z.boolean(),
  bugs: z
    .object({ new: countSchema, gone: countSchema, regressed: countSchema })
    .nullable()
    .describe('against the nights before; null until the night has ended'),
});

export const nightlySchema = z.object({
  id: idSchema,
  ...fields,
  shardSize: fields.shardSize.nullable(),
  state: z.enum(['active', 'paused', 'removed']),
  nextDueAt: timeSchema.nullable().describe('null while it is paused or after it was removed'),
  lastTick: tickSchema.nullable(),
  createdAt: timeSchema,
});

export const nightlyPageSchema = pageOf(nightlySchema);
export const tickPageSchema = pageOf(tickSchema);

export const nightlyListQuerySchema = z.strictObject({
  ...pageQueryShape,
  name: slugSchema.optional(),
});

export const bugEventSchema = z.object({
  kind: z
    .enum(['found', 'gone', 'regressed'])
    .describe('gone: a night did not meet it that would have, had it still been there'),
  campaign: idSchema.nullable(),
  at: timeSchema,
});

export const comparedBugSchema = z.object({
  bug: idSchema,
  scenario: slugSchema,
  variant: slugSchema,
  signature: signatureSchema,
  report: z.boolean(),
  count: countSchema.describe('how often this night met it'),
  countBefore: countSchema.describe('how often the nights before met it'),
  expected: z
    .number()
    .min(0)
    .describe('how often this stretch without it would have met it at its rate before'),
  history: z.array(bugEventSchema).describe('oldest first, the last 20'),
});

const comparedBugs = z.array(comparedBugSchema);

export const comparisonSchema = z.object({
  tick: tickSchema,
  before: tickSchema.nullable().describe('the last night before that ended; null for the first'),
  new: comparedBugs.describe('met this night and in none of the nights before'),
  gone: comparedBugs.describe('no longer met, so long that chance is ruled out (1 in 1,000)'),
  regressed: comparedBugs.describe('met again after it was gone; it is open again'),
  unmet: comparedBugs.describe('met before and not this night, which may be chance'),
  standing: comparedBugs.describe('met this night and before'),
});

export const comparisonQuerySchema = z.strictObject({
  tick: idTextSchema.optional().describe('the night to compare; the last that ended when absent'),
});

export type NightlyRequest = z.infer<typeof nightlyRequestSchema>;
export type NightlyEdit = z.infer<typeof nightlyEditSchema>;
export type NightlyStop = NightlyRequest['stop'];
export type Nightly = z.infer<typeof nightlySchema>;
export type NightlyPage = z.infer<typeof nightlyPageSchema>;
export type NightlyListQuery = z.infer<typeof nightlyListQuerySchema>;
export type Overlap = z.infer<typeof overlapSchema>;
export type Tick = z.infer<typeof tickSchema>;
export type TickPage = z.infer<typeof tickPageSchema>;
export type BugEvent = z.infer<typeof bugEventSchema>;
export type ComparedBug = z.infer<typeof comparedBugSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;
export type ComparisonQuery = z.infer<typeof comparisonQuerySchema>;
