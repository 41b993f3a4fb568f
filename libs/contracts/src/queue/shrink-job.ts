/**
 * The wake-up for shrinking one bug on one program. The outbox row decides whether it is still wanted.
 */
import { z } from 'zod';
import { addressSchema, digestSchema, signatureSchema } from '../api/atoms.js';

export const shrinkJobSchema = z.strictObject({
  outbox: z.int().min(1),
  delivery: z.int().min(1),
  bug: z.int().min(1),
  program: digestSchema,
  address: addressSchema,
  signature: signatureSchema,
});

export type ShrinkJob = z.infer<typeof shrinkJobSchema>;
