/**
 * The matrix: of every case of every variant, what is known of it and how that compares with what is expected. It is written
 * by whatever completes; what is expected is the project's own table, and nothing is expected of programs of one's own.
 */
import { z } from 'zod';
import {
  addressSchema,
  countSchema,
  digestSchema,
  idSchema,
  signatureSchema,
  slugSchema,
  timeSchema,
} from './atoms.js';
import type { Immutable } from './immutable.js';
import { pageOf } from './page.js';

export const evidenceSchema = z
  .enum(['none', 'sampled', 'bounded', 'proved'])
  .describe(
    'the strongest there is: nothing ran, some schedules, every schedule of up to `depth` steps, every schedule',
  );

export const standingSchema = z
  .enum(['unknown', 'sampled', 'bounded', 'proved', 'fails as expected', 'fails', 'wrong'])
  .describe(
    'sampled, bounded, proved: nothing speaks against what is expected, on that evidence; fails as expected: all failures ' +
      'that are expected were found, and no other; fails: nothing is expected of it; wrong: why says what differs',
  );

export const matrixRowSchema = z.object({
  scenario: slugSchema,
  variant: slugSchema,
  case: slugSchema,
  address: addressSchema,
  program: digestSchema,
  standing: standingSchema,
  evidence: evidenceSchema,
  expected: z.string().nullable(),
  why: z.array(z.string()).describe('what differs from what is expected'),
  failures: z.array(signatureSchema).describe('met by sampling or proof'),
  reports: z.array(signatureSchema),
  schedules: countSchema.describe('sampled, all campaigns together'),
  failing: countSchema.describe('of these'),
  proof: z
    .object({
      operation: idSchema,
      complete: z.boolean(),
      states: countSchema,
      transitions: countSchema,
      depth: countSchema,
      stateKeys: digestSchema,
      semantics: z.int(),
    })
    .nullable()
    .describe('the proof that says most'),
  updatedAt: timeSchema.nullable(),
});

export const matrixPageSchema = pageOf(matrixRowSchema);

export type Evidence = z.infer<typeof evidenceSchema>;
export type Standing = z.infer<typeof standingSchema>;
export type MatrixRow = Immutable<z.infer<typeof matrixRowSchema>>;
