/**
 * Programs and what is grouped from them. A program is posted whole, as the JSON document itself;
 * its form is the kernel's business, so it is an open object here. The digest names it for ever;
 * an address names the program pushed last under it, the address of a built-in its newest built-in.
 */
import { z } from 'zod';
import { addressSchema, digestSchema, slugSchema, timeSchema } from './atoms.js';
import { pageOf, pageQuerySchema, pageQueryShape } from './page.js';

export const programDocumentSchema = z
  .looseObject({})
  .describe('a Program document; see the documentation of the program format');

export const programSummarySchema = z.object({
  digest: digestSchema,
  address: addressSchema,
  scenario: slugSchema,
  variant: slugSchema,
  case: slugSchema,
  title: z.string(),
  createdAt: timeSchema,
  version: z
    .int()
    .nullable()
    .describe('of its address, whose highest is the current one; null: only its digest names it'),
});

export const programSchema = programSummarySchema.extend({ program: programDocumentSchema });

export const programPageSchema = pageOf(programSummarySchema);

export const programListQuerySchema = z.strictObject({
  ...pageQueryShape,
  scenario: slugSchema.optional(),
  variant: slugSchema.optional(),
});

export const scenarioSchema = z.object({
  scenario: slugSchema,
  variants: z.array(
    z.object({
      variant: slugSchema,
      cases: z.array(
        z.object({
          case: slugSchema,
          address: addressSchema,
          digest: digestSchema.describe('the program that this address means'),
          title: z.string(),
        }),
      ),
    }),
  ),
});

export const scenarioPageSchema = pageOf(scenarioSchema);

export const scenarioListQuerySchema = pageQuerySchema;

export type ProgramSummary = z.infer<typeof programSummarySchema>;
export type ProgramDetails = z.infer<typeof programSchema>;
export type ProgramListQuery = z.infer<typeof programListQuerySchema>;
export type ProgramPage = z.infer<typeof programPageSchema>;
export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioPage = z.infer<typeof scenarioPageSchema>;
