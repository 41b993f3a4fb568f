/** What the document "Trace Event Format" asks of the phases that are used: complete, instant, async, flow, metadata. */
const base = { name: { type: 'string' }, pid: { type: 'integer' }, tid: { type: 'integer' } };
const timed = { ...base, ts: { type: 'number', minimum: 0 }, cat: { type: 'string' } };
const args = { type: 'object' };

const event = (properties: object): object => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties: { ...properties, args },
});

const id = { type: 'integer' };

export const TRACE_EVENTS = {
  type: 'object',
  required: ['traceEvents'],
  additionalProperties: false,
  properties: {
    displayTimeUnit: { enum: ['ms', 'ns'] },
    otherData: { type: 'object' },
    traceEvents: {
      type: 'array',
      items: {
        type: 'object',
        required: ['ph'],
        properties: { ph: { type: 'string' } },
        discriminator: { propertyName: 'ph' },
        oneOf: [
          event({ ph: { const: 'M' }, ...base }),
          event({ ph: { const: 'X' }, ...timed, dur: { type: 'number', minimum: 0 } }),
          event({ ph: { const: 'i' }, ...timed, s: { enum: ['g', 'p', 't'] } }),
          event({ ph: { const: 'b' }, ...timed, id }),
          event({ ph: { const: 'e' }, ...timed, id }),
          event({ ph: { const: 's' }, ...timed, id }),
          event({ ph: { const: 'f' }, ...timed, id, bp: { const: 'e' } }),
        ],
      },
    },
  },
} as const;
