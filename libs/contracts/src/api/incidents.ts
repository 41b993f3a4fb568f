/**
 * Incidents: what no retry mends and a person must look at. Nothing closes one but a person who says why, and the reason is
 * kept.
 */
import { z } from 'zod';
import { countSchema, digestSchema, idSchema, timeSchema } from './atoms.js';
import { MAX_REASON } from './limits.js';
import { pageOf, pageQueryShape } from './page.js';

export const incidentKindSchema = z
  .enum(['digest', 'audit', 'canary-late', 'canary-surprise'])
  .describe(
    'digest: two results of one shard differ; audit: a shard run again elsewhere gave another result; canary-late, ' +
      'canary-surprise: a canary of a nightly did not end as it must',
  );

export const incidentStateSchema = z.enum(['open', 'closed']);

export const incidentSchema = z.object({
  id: idSchema,
  kind: incidentKindSchema,
  state: incidentStateSchema,
  subject: z.string().describe('what it is about; opened once per kind'),
  detail: z.string().describe('what a person needs to judge it'),
  campaign: idSchema.nullable(),
  shard: idSchema.nullable(),
  epoch: countSchema.nullable(),
  worker: z.uuid().nullable().describe('who gave the result that differs'),
  counted: digestSchema.nullable().describe('digest of the result that is counted'),
  differing: digestSchema.nullable().describe('digest of the result that differs'),
  createdAt: timeSchema,
  closedAt: timeSchema.nullable(),
  closeReason: z.string().nullable(),
});

export const incidentPageSchema = pageOf(incidentSchema);

export const incidentListQuerySchema = z.strictObject({
  ...pageQueryShape,
  state: incidentStateSchema.optional(),
});

export const closeIncidentRequestSchema = z.strictObject({
  reason: z
    .string()
    .regex(
      new RegExp(`^[\\x20-\\x7e]{1,${MAX_REASON}}$`),
      `must be 1 to ${MAX_REASON} printable ASCII characters`,
    )
    .refine((text) => text.trim() !== '', 'must say why')
    .describe('why it is closed'),
});

export type IncidentKind = z.infer<typeof incidentKindSchema>;
export type IncidentState = z.infer<typeof incidentStateSchema>;
export type Incident = z.infer<typeof incidentSchema>;
export type IncidentPage = z.infer<typeof incidentPageSchema>;
export type IncidentListQuery = z.infer<typeof incidentListQuerySchema>;
export type CloseIncidentRequest = z.infer<typeof closeIncidentRequestSchema>;
