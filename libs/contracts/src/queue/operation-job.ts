/**
 * The wake-up for one operation, for a person who inspects the queue; the row in the database decides, and a worker reads
 * everything it does from there.
 */
import { z } from 'zod';
import { addressSchema, digestSchema } from '../api/atoms.js';

export const operationJobSchema = z.strictObject({
  operation: z.int().min(1),
  delivery: z.int().min(1),
  kind: z.enum(['prove', 'orders', 'shrink']),
  program: digestSchema,
  address: addressSchema,
  /** Run with nothing else in the process: workers have ended while they held it. */
  alone: z.boolean().default(false),
  background: z.boolean().default(false),
});

export type OperationJob = z.infer<typeof operationJobSchema>;
