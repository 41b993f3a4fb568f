import { atomic, signed, statics, type FunctionBuilder } from '@lastref/authoring';
import { ranAlone } from '../support/run-alone.js';

const { v, got } = statics({ v: atomic(8, -8), got: signed(-8, 8) });

type Body = (f: FunctionBuilder) => void;

/** The statics after the call on a counter of that value. */
const after = (before: number, body: Body): ((name: string) => number) =>
  ranAlone(body, {
    given: (f) => {
      f.atomic_set(v, before);
    },
  });

const changes: [call: string, before: number, now: number, body: Body][] = [
  [
    'atomic_set',
    3,
    -7,
    (f) => {
      f.atomic_set(v, -7);
    },
  ],
  [
    'atomic_inc',
    -3,
    -2,
    (f) => {
      f.atomic_inc(v);
    },
  ],
  [
    'atomic_dec',
    0,
    -1,
    (f) => {
      f.atomic_dec(v);
    },
  ],
  [
    'atomic_add',
    2,
    5,
    (f) => {
      f.atomic_add(v, 3);
    },
  ],
  [
    'atomic_add',
    2,
    -4,
    (f) => {
      f.atomic_add(v, -6);
    },
  ],
  [
    'atomic_sub',
    2,
    -1,
    (f) => {
      f.atomic_sub(v, 3);
    },
  ],
  [
    'atomic_sub',
    2,
    7,
    (f) => {
      f.atomic_sub(v, -5);
    },
  ],
];

const results: [call: string, before: number, now: number, given: number, body: Body][] = [
  [
    'atomic_read',
    -5,
    -5,
    -5,
    (f) => {
      f.store(got, f.atomic_read(v));
    },
  ],
  [
    'atomic_add_return',
    -5,
    -2,
    -2,
    (f) => {
      f.store(got, f.atomic_add_return(v, 3));
    },
  ],
  [
    'atomic_fetch_add',
    -5,
    -2,
    -5,
    (f) => {
      f.store(got, f.atomic_fetch_add(v, 3));
    },
  ],
  [
    'atomic_fetch_add',
    5,
    3,
    5,
    (f) => {
      f.store(got, f.atomic_fetch_add(v, -2));
    },
  ],
  [
    'atomic_xchg',
    -5,
    4,
    -5,
    (f) => {
      f.store(got, f.atomic_xchg(v, 4));
    },
  ],
];

const HELD = 1;
const NOT = 2;
type Test = (f: FunctionBuilder) => ReturnType<FunctionBuilder['atomic_inc_and_test']>;
const tests: [call: string, before: number, now: number, exit: number, test: Test][] = [
  ['atomic_inc_and_test', -1, 0, HELD, (f) => f.atomic_inc_and_test(v)],
  ['atomic_inc_and_test', 0, 1, NOT, (f) => f.atomic_inc_and_test(v)],
  ['atomic_dec_and_test', 1, 0, HELD, (f) => f.atomic_dec_and_test(v)],
  ['atomic_dec_and_test', 0, -1, NOT, (f) => f.atomic_dec_and_test(v)],
  ['atomic_cmpxchg', 3, -4, HELD, (f) => f.atomic_cmpxchg(v, 3, -4)],
  ['atomic_cmpxchg', 2, 2, NOT, (f) => f.atomic_cmpxchg(v, 3, -4)],
  ['atomic_add_unless', 3, 5, HELD, (f) => f.atomic_add_unless(v, 2, 1)],
  ['atomic_add_unless', 1, 1, NOT, (f) => f.atomic_add_unless(v, 2, 1)],
];

describe('atomic_t', () => {
  it.each(changes)('%s makes %d %d', (_call, before, now, body) => {
    expect(after(before, body)('v')).toBe(now);
  });

  it.each(results)('%s makes %d %d and gives %d', (_call, before, now, given, body) => {
    const value = after(before, body);
    expect([value('v'), value('got')]).toEqual([now, given]);
  });

  it.each(tests)('%s makes %d %d and leaves by exit %d', (_call, before, now, exit, test) => {
    const body: Body = (f) => {
      f.if(
        test(f),
        () => {
          f.store(got, HELD);
        },
        () => {
          f.store(got, NOT);
        },
      );
    };
    const value = after(before, body);
    expect([value('v'), value('got')]).toEqual([now, exit]);
  });

  const past: [call: string, before: number, body: Body][] = [
    [
      'atomic_set',
      0,
      (f) => {
        f.atomic_set(v, f.atomic_add_return(v, 9));
      },
    ],
    [
      'atomic_inc',
      8,
      (f) => {
        f.atomic_inc(v);
      },
    ],
    [
      'atomic_dec',
      -8,
      (f) => {
        f.atomic_dec(v);
      },
    ],
    [
      'atomic_add',
      6,
      (f) => {
        f.atomic_add(v, 3);
      },
    ],
    [
      'atomic_sub',
      -6,
      (f) => {
        f.atomic_sub(v, 3);
      },
    ],
    [
      'atomic_inc_and_test',
      8,
      (f) => {
        f.ignore(f.atomic_inc_and_test(v));
      },
    ],
    [
      'atomic_dec_and_test',
      -8,
      (f) => {
        f.ignore(f.atomic_dec_and_test(v));
      },
    ],
    [
      'atomic_add_return',
      8,
      (f) => {
        f.atomic_add_return(v, 1);
      },
    ],
    [
      'atomic_fetch_add',
      -8,
      (f) => {
        f.atomic_fetch_add(v, -1);
      },
    ],
    [
      'atomic_add_unless',
      8,
      (f) => {
        f.ignore(f.atomic_add_unless(v, 1, 0));
      },
    ],
  ];
  it.each(past)(
    '%s of %d goes past what is declared: an error, no verdict',
    (_call, before, body) => {
      expect(() => after(before, body)).toThrow('bound exceeded: v would pass its declared');
    },
  );

  it('has its declared first value, negative ones included', () => {
    const { first } = statics({ first: atomic(2, -3, -3) });
    expect(
      ranAlone((f) => {
        f.atomic_inc(first);
      })('first'),
    ).toBe(-2);
  });
});
