/**
 * Requests made from the description of the API alone: whatever operations it has, with parameters and a body that fit it, some
 * of them then changed in a place or two, as text, in their headers or in their method.
 */
import fc from 'fast-check';
import { Known } from './known.js';
import { anything, type Schema, type Schemas, valueOf } from './schema-value.js';

export interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, unknown>;
}

export interface Description {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Schemas };
}

export interface Asked {
  /** As in the description. */
  path: string;
  method: string;
  /** Another one, which the address does not know. */
  instead?: string | undefined;
  parameters: Record<string, unknown>;
  query: Record<string, unknown>;
  headers: Record<string, unknown>;
  /** Undefined: none. */
  body: unknown;
  change: Change | undefined;
}

export type Change =
  | { how: 'replace' | 'remove' | 'add'; place: number; key: string; value: unknown }
  | { how: 'text'; edit: 'cut' | 'append' | 'repeat' | 'deepen'; at: number };

const EVIL_TEXTS = [
  '',
  '-1',
  "' OR 1=1 --",
  '../../etc/passwd',
  '%00',
  '\u202e💥',
  '__proto__',
  'rw/9999',
  'nbd/bugy',
  'x'.repeat(5_000),
  '1e309',
  '\u001b[31m',
];
const EVIL_NUMBERS = [-1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 1e-7];

const evil: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...EVIL_TEXTS,
    ...EVIL_NUMBERS,
    null,
    [],
    {},
    { length: { toString: 0 } },
  ),
  Known.text(''),
  anything,
);

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      how: fc.constantFrom<'replace' | 'remove' | 'add'>('replace', 'remove', 'add'),
      place: fc.nat(60),
      key: fc.oneof(fc.constantFrom('length', 'constructor', 'x/~y', 'seed'), fc.string()),
      value: evil,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      how: fc.constant('text' as const),
      edit: fc.constantFrom<'cut' | 'append' | 'repeat' | 'deepen'>(
        'cut',
        'append',
        'repeat',
        'deepen',
      ),
      at: fc.nat(400),
    }),
  },
);

const headers: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Record<string, unknown>>(
      { host: 'evil.example' },
      { origin: 'http://evil.example' },
      { 'content-type': 'text/plain' },
      { 'content-encoding': 'gzip' },
      { 'idempotency-key': 'k'.repeat(201) },
      { 'idempotency-key': 'one' },
      { authorization: 'Bearer nobody' },
      { 'last-event-id': '7' },
      { range: 'bytes=0-1' },
    ),
  },
);

const OTHER_METHODS = ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'POST', 'GET'];

const rarely = <T>(one: fc.Arbitrary<T>, times: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: times, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one });

/** Every operation as likely as every other. */
export function requestsOf({ paths, components }: Description): fc.Arbitrary<Asked> {
  const schemas = components?.schemas ?? {};
  const all = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) =>
      askedOf(path, method.toUpperCase(), operation, Object.keys(item), schemas),
    ),
  );
  return fc.oneof(...all);
}

function askedOf(
  path: string,
  method: string,
  { parameters = [], requestBody }: Operation,
  methods: readonly string[],
  schemas: Schemas,
): fc.Arbitrary<Asked> {
  const placed = (where: string, required: boolean): fc.Arbitrary<Record<string, unknown>> =>
    parametersOf(
      parameters.filter((one) => one.in === where),
      required,
      schemas,
    );
  const others = OTHER_METHODS.filter((one) => !methods.includes(one.toLowerCase()));
  const schema = requestBody?.content['application/json']?.schema;
  return fc.record({
    path: fc.constant(path),
    method: fc.constant(method),
    instead: rarely(fc.constantFrom(...others), 40),
    parameters: placed('path', true),
    query: placed('query', false),
    headers,
    body: schema === undefined ? rarely(evil, 8) : valueOf(schema, schemas, ''),
    change: rarely(change, 2),
  });
}

function parametersOf(
  parameters: NonNullable<Operation['parameters']>,
  required: boolean,
  schemas: Schemas,
): fc.Arbitrary<Record<string, unknown>> {
  const values = Object.fromEntries(
    parameters.map(({ name, schema = {} }) => [
      name,
      fc.oneof(
        { weight: 20, arbitrary: valueOf(schema, schemas, name) },
        { weight: 1, arbitrary: Known.text('') },
        { weight: 1, arbitrary: fc.constantFrom(...EVIL_TEXTS, ...EVIL_NUMBERS) },
      ),
    ]),
  );
  return fc.record(values, { requiredKeys: required ? Object.keys(values) : [] });
}
