/** Shape of a Program as zod schemas: types, ranges and sizes of its parts; what they mean together is in validate.ts. */
import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { FIELD_KIND_NAMES, OP_NAMES } from '../derived/catalogue.js';
import { isSlug } from './address.js';
import { SIGNABLE, SIGNABLE_RULE } from './signable.js';
import { CONTEXTS, DETECTED, FORMAT, SEMANTICS } from './program.js';

const text = (allowed: RegExp, message: string): z.ZodString =>
  z.string().min(1).max(LIMITS.nameLength).regex(allowed, message);
/** What is only shown: tasks, milestones, files. */
const label = text(
  /^[A-Za-z0-9_.:/<>()+ ~,*=!-]*$/,
  'only A-Z a-z 0-9 _ . : / < > ( ) + ~ , * = ! - and space',
);
/** What signatures are spelled with, kind@function(detail)+function(detail): so none of @ ( ) + in it. */
const name = text(SIGNABLE, SIGNABLE_RULE);
const slug = z.string().refine(isSlug, `1 to ${LIMITS.slugLength} of a-z, 0-9, - and .`);
const index = z.int().min(0).max(LIMITS.operations);
const count = (max: number): z.ZodInt => z.int().min(0).max(max);
const ranged = z.int().min(-LIMITS.fieldMax).max(LIMITS.fieldMax);
const weight = z.int().min(0).max(65_536);
const list = <T extends z.ZodType>(item: T, max: number): z.ZodArray<T> => z.array(item).max(max);

const field = z.strictObject({
  name,
  kind: z.enum(FIELD_KIND_NAMES),
  min: z.int().min(-LIMITS.fieldMax).max(0).exactOptional(),
  max: z.int().min(1).max(LIMITS.fieldMax).exactOptional(),
  init: ranged.exactOptional(),
  saturates: z.literal(true).exactOptional(),
  type: index.exactOptional(),
  work: index.exactOptional(),
});
const local = z.strictObject({
  name: label,
  kind: z.enum(['int', 'ptr']),
  min: z.int().min(-LIMITS.fieldMax).max(0).exactOptional(),
  max: z.int().min(1).max(LIMITS.fieldMax).exactOptional(),
  type: index.exactOptional(),
});
const pair = z.tuple([index, index]);
/** Of what has a name that several parts of a host use. */
const ofPart = { part: label.exactOptional() };

const type = z.strictObject({
  name,
  ...ofPart,
  kind: z.enum(['struct', 'workqueue']),
  count: z.int().min(1).max(LIMITS.objectsPerType),
  workers: z.int().min(2).max(LIMITS.workersPerQueue).exactOptional(),
  fields: list(field, LIMITS.fieldsPerType),
});
const operation = z.strictObject({
  op: z.enum(OP_NAMES),
  args: list(z.int().min(-LIMITS.fieldMax).max(LIMITS.operations), LIMITS.operandNumbers),
  next: index,
  alt: index.exactOptional(),
  frame: z.int().min(-1).max(LIMITS.frames),
  milestone: index.exactOptional(),
  fault: index.exactOptional(),
  yields: z.literal(true).exactOptional(),
  head: z.literal(true).exactOptional(),
});
const task = z.strictObject({
  name: label,
  body: index,
  optional: weight.exactOptional(),
  after: index.exactOptional(),
  context: z.enum(CONTEXTS).exactOptional(),
  on: index.exactOptional(),
  init: list(z.tuple([index, ranged]), LIMITS.localsPerBody).exactOptional(),
  args: list(pair, LIMITS.localsPerBody).exactOptional(),
});

export const programShape = z.strictObject({
  format: z.literal(FORMAT, `this engine reads format ${FORMAT}`),
  semantics: z.literal(SEMANTICS, `this engine implements semantics ${SEMANTICS}`),
  scenario: slug,
  variant: slug,
  case: slug,
  title: z
    .string()
    .max(LIMITS.titleLength)
    .regex(/^[ -~]*$/, 'only printable ASCII'),
  maxSteps: z.int().min(1).max(LIMITS.maxSteps),
  types: list(type, LIMITS.types),
  statics: list(field.extend(ofPart), LIMITS.statics),
  tables: list(
    z.strictObject({
      name,
      ...ofPart,
      type: index,
      entries: z.int().min(1).max(LIMITS.tableEntries),
    }),
    LIMITS.tables,
  ),
  modules: list(
    z.strictObject({ name, ...ofPart, max: z.int().min(1).max(LIMITS.fieldMax) }),
    LIMITS.modules,
  ),
  registries: list(
    z.strictObject({ name, ...ofPart, entries: z.int().min(1).max(LIMITS.tableEntries) }),
    LIMITS.registries,
  ),
  functions: list(
    z.strictObject({
      name: label,
      file: label,
      primitive: z.literal(true).exactOptional(),
      module: index.exactOptional(),
    }),
    LIMITS.functions,
  ),
  frames: list(
    z.strictObject({ fn: index, caller: z.int().min(-1).max(LIMITS.frames) }),
    LIMITS.frames,
  ),
  bodies: list(
    z.strictObject({ name: label, entry: index, locals: list(local, LIMITS.localsPerBody) }),
    LIMITS.bodies,
  ),
  works: list(z.strictObject({ name, body: index }), LIMITS.workItems),
  tasks: list(task, LIMITS.tasks).min(1, 'there is no task: a case needs one that does something'),
  given: z.int().min(-1).max(LIMITS.bodies),
  milestones: list(label, LIMITS.milestones),
  order: list(pair, LIMITS.orderPairs),
  reaches: list(index, LIMITS.milestones),
  faults: z.strictObject({
    budget: count(LIMITS.faultBudget),
    points: list(z.strictObject({ name, weight }), LIMITS.faultPoints),
  }),
  parked: list(index, LIMITS.types),
  reuse: z.enum(['quarantine', 'zeroed']).exactOptional(),
  timeouts: z.literal('any').exactOptional(),
  detect: list(z.enum(DETECTED), DETECTED.length).exactOptional(),
  checks: list(name, LIMITS.checks).exactOptional(),
  code: list(operation, LIMITS.operations).min(1),
});
