/**
 * Orders of milestones, synchronous: which of them occur, and with what verdict. One search whose states are bounded; past
 * the bound the answer is not proved, and an order that does not occur in it may still occur.
 */
import { z } from 'zod';
import { addressSchema, countSchema, digestSchema, signatureSchema } from './atoms.js';
import type { Immutable } from './immutable.js';
import {
  MAX_MILESTONE,
  MAX_ORDERED_MILESTONES,
  MAX_ORDERS_STATES,
  MIN_ORDERED_MILESTONES,
} from './limits.js';

const FORMS = 'must hold exactly one of address and digest';

const milestoneSchema = z.string().min(1).max(MAX_MILESTONE);

/** Some that a case names, each once. */
export const milestonesSchema = z
  .array(milestoneSchema)
  .min(MIN_ORDERED_MILESTONES)
  .max(MAX_ORDERED_MILESTONES)
  .describe('some that the case names, each once; all of them if absent');

export const ordersRequestSchema = z
  .strictObject({
    address: addressSchema.optional(),
    digest: digestSchema.optional().describe('of the program, instead of its address'),
    milestones: milestonesSchema.optional(),
    maxStates: z
      .int()
      .min(1)
      .max(MAX_ORDERS_STATES)
      .default(MAX_ORDERS_STATES)
      .describe('budget of the search'),
  })
  .refine(({ address, digest }) => (address === undefined) !== (digest === undefined), FORMS)
  .describe(FORMS);

/** How runs end. */
const endings = {
  clean: z.boolean().describe('some run ends clean'),
  failures: z.array(signatureSchema).describe('those of all runs, sorted'),
};

export const orderRowSchema = z.object({
  order: z.array(z.string()).describe('milestones, first to last'),
  occurs: z.boolean().describe('some run reaches all in this order'),
  ...endings,
});

export const ordersSchema = z.object({
  program: digestSchema,
  address: z.string(),
  milestones: z.array(z.string()),
  proved: z.boolean().describe('every schedule was searched: what does not occur never does'),
  states: countSchema,
  transitions: countSchema,
  orders: z.array(orderRowSchema).describe('every order'),
  early: z.object(endings).describe('runs that end before they have reached all'),
});

export type OrdersRequest = z.infer<typeof ordersRequestSchema>;
export type Orders = Immutable<z.infer<typeof ordersSchema>>;
