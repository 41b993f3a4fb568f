/** What the front matter of a model may say. Everything is checked; a key that is not known is an error. */
import { z } from 'zod';
import { LIMITS } from '../limits.js';

const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'write small letters, digits and single dashes');
const amount = z.number().int().min(0).max(255);
const name = z.string().min(1).max(80);
const record = <T extends z.ZodType>(value: T, most: number) =>
  z
    .record(name, value)
    .refine((all) => Object.keys(all).length <= most, `there are more than ${most}`);

const task = z.union([
  name,
  z.strictObject({
    run: name,
    optional: z.number().int().min(1).max(65_536).optional(),
    after: name.optional(),
  }),
]);

const caseSchema = z.strictObject({
  title: z.string().max(200).optional(),
  given: name.optional(),
  tasks: record(task, LIMITS.cases),
  faults: z.array(name).optional(),
  budget: z.number().int().min(1).max(3).optional(),
  reaches: z.array(name).optional(),
  order: z.array(z.tuple([name, name])).optional(),
  maxSteps: z.number().int().min(1).max(100_000).optional(),
  reuse: z.enum(['quarantine', 'zeroed']).optional(),
  only: z.array(slug).optional(),
});

/** Failures, and kinds of reports beside them. */
const expectation = z.union([
  z.string().transform((expect) => ({ expect, reports: [] as string[] })),
  z.strictObject({ expect: z.string(), reports: z.array(name) }),
]);

export const frontMatterSchema = z.strictObject({
  scenario: slug,
  title: z.string().max(200).optional(),
  count: record(z.number().int().min(1).max(15), 64).default({}),
  max: record(amount, 64).default({}),
  ints: z.number().int().min(1).max(100).default(LIMITS.ints),
  stubs: record(z.union([z.string(), z.number().int()]).transform(String), 256).default({}),
  calls: record(name, 64).default({}),
  prints: z.enum(['read', 'ignore']).default('read'),
  variants: z
    .record(
      slug,
      z.strictObject({
        title: z.string().max(200).optional(),
        define: z.union([name.transform((one) => [one]), z.array(name)]).default([]),
      }),
    )
    .refine((all) => Object.keys(all).length <= LIMITS.variants, 'there are too many'),
  cases: z
    .record(slug, caseSchema)
    .refine((all) => Object.keys(all).length <= LIMITS.cases, 'there are too many'),
  expect: record(expectation, 256).default({}),
});

export type FrontMatter = z.infer<typeof frontMatterSchema>;
export type ExpectMatter = FrontMatter['expect'][string];
export type CaseMatter = FrontMatter['cases'][string];
