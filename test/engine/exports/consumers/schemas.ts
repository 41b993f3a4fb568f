/** Validation by JSON Schema: of SARIF by the schema that OASIS published, of the JSON by ours, of traces by what is documented. */
import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TRACE_EVENTS } from './trace-event-schema.js';

const ROOT = join(__dirname, '../../../..');
const read = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));

/** It names its dialect and itself in the manner of an older draft, by which nothing refers to it. */
const modern = (schema: unknown): object =>
  Object(
    JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
    ),
  ) as object;

const older = new Ajv({
  strict: false,
  allErrors: true,
  validateFormats: false,
  unicodeRegExp: false,
});
const sarif = older.compile(
  modern(read('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')),
);
const newer = new Ajv2020({
  strict: true,
  discriminator: true,
  allowUnionTypes: true,
  allErrors: true,
});
const run = newer.compile(Object(read('docs/schemas/run-1.schema.json')) as object);
const traceEvents = newer.compile(TRACE_EVENTS);

/** What is wrong with a document; nothing if it is valid. */
const problems =
  (validate: ValidateFunction) =>
  (document: unknown): string[] =>
    validate(document)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message }) => `${instancePath} ${message ?? ''}`,
        );

export const sarifProblems = problems(sarif);
export const runProblems = problems(run);
export const traceProblems = problems(traceEvents);
