/**
 * Values that fit a JSON schema of the API's description, as fast-check makes them; what a schema says in words this does not
 * know is any value. Strings are also drawn from what the service has answered so far (known.ts), since nothing of a random
 * digest or cursor would ever be found.
 */
import fc from 'fast-check';
import { Known } from './known.js';

export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
}

export type Schemas = Readonly<Record<string, Schema>>;

const DEPTH = 6;
const ITEMS = 3;
const LETTERS = 40;
const SMALL = 1_000;

export const anything: fc.Arbitrary<unknown> = fc.jsonValue({ maxDepth: 2 });

/** @param name of the member or parameter that the value is for */
export function valueOf(
  schema: Schema,
  schemas: Schemas,
  name: string,
  depth = 0,
): fc.Arbitrary<unknown> {
  const inner = (one: Schema, of = name): fc.Arbitrary<unknown> =>
    valueOf(one, schemas, of, depth + 1);
  if (depth > DEPTH) return anything;
  if (schema.$ref !== undefined) {
    const named = schemas[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)];
    return named === undefined ? anything : inner(named);
  }
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((one) => inner(one)));
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  if (types.length === 0) return anything;
  return fc.oneof(...types.map((type) => ofType(type, schema, name, inner)));
}

type Inner = (one: Schema, name?: string) => fc.Arbitrary<unknown>;

function ofType(type: string, schema: Schema, name: string, inner: Inner): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string':
      return fc.oneof(
        { weight: 4, arbitrary: Known.text(name, schema.pattern) },
        { weight: 1, arbitrary: textOf(schema) },
      );
    case 'integer':
    case 'number':
      return fc.oneof(
        { weight: 1, arbitrary: Known.number(name) },
        { weight: 2, arbitrary: numberOf(schema) },
      );
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(inner(schema.items ?? {}), {
        minLength: Math.min(schema.minItems ?? 0, ITEMS),
        maxLength: Math.min(schema.maxItems ?? ITEMS, ITEMS),
      });
    case 'object':
      return objectOf(schema, inner);
    default:
      return anything;
  }
}

function numberOf({ minimum, exclusiveMinimum, maximum }: Schema): fc.Arbitrary<number> {
  const min = Math.ceil(minimum ?? (exclusiveMinimum ?? -1) + 1);
  const max = Math.floor(maximum ?? Number.MAX_SAFE_INTEGER);
  // Mostly small: what is to be done so often is done while somebody waits.
  const near = fc.integer({ min, max: Math.max(min, Math.min(max, min + SMALL)) });
  return fc.oneof({ weight: 4, arbitrary: near }, fc.constantFrom(min, max));
}

function textOf({ pattern, minLength = 0, maxLength = LETTERS }: Schema): fc.Arbitrary<string> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  const most = Math.max(minLength, Math.min(maxLength, LETTERS));
  return fc.string({ minLength, maxLength: most });
}

function objectOf({ properties = {}, required = [] }: Schema, inner: Inner): fc.Arbitrary<unknown> {
  const members = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, inner(schema, name)]),
  );
  const requiredKeys = required.filter((name) => name in members);
  return fc.record(members, { requiredKeys });
}
