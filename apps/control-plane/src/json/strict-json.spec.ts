import fc from 'fast-check';
import { readStrictJson } from './strict-json.js';

const DEPTH = 32;
const read = (text: string): ReturnType<typeof readStrictJson> => readStrictJson(text, DEPTH);
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('strict JSON', () => {
  it('reads shares', () => {
    expect(read('[0.05,0.5,0.000000000000001]')).toEqual({
      ok: true,
      value: [0.05, 0.5, 1e-15],
    });
  });

  it('reads what JSON.parse reads, for documents of integers and texts', () => {
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(null, true, false),
        fc.maxSafeInteger().map((value) => value + 0),
        fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\u0000')),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(
          fc.string().filter((key) => !(key in Object.prototype)),
          tie('tree'),
          { maxKeys: 4 },
        ),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.constantFrom(undefined, 1), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const parsed: unknown = JSON.parse(text);
        expect(readStrictJson(text, 100)).toEqual({ ok: true, value: parsed });
      }),
    );
  });

  it('accepts exactly as many levels as allowed', () => {
    expect(read(nested(DEPTH)).ok).toBe(true);
    expect(read(nested(DEPTH + 1))).toMatchObject({
      ok: false,
      pointer: '/0'.repeat(DEPTH),
      message: 'is nested deeper than 32 levels',
    });
  });

  it('survives a million levels and a string of a million characters', () => {
    expect(read('['.repeat(1_000_000)).ok).toBe(false);
    expect(read('{"a":'.repeat(200_000)).ok).toBe(false);
    expect(read(`"${'a'.repeat(1_000_000)}"`).ok).toBe(true);
    expect(read(`"${'\\\\'.repeat(500_000)}`).ok).toBe(false);
  });

  it.each([
    ['{"a":1,"a":2}', '/a', 'has this key twice'],
    ['{"a":1,"\\u0061":2}', '/a', 'has this key twice'],
    ['{"x":[{"__proto__":{}}]}', '/x/0/__proto__', 'has the key __proto__'],
    ['{"\\u005f_proto__":1}', '/__proto__', 'has the key __proto__'],
    ['{"token":{"length":{"toString":false}}}', '/token/length/toString', 'has the key toString'],
    ['{"valueOf":1}', '/valueOf', 'has the key valueOf'],
    ['{"a/b~c":1.5}', '/a~1b~0c', 'has the number 1.5: only integers are accepted'],
    ['[0.0]', '/0', 'only integers are accepted'],
    ['[-0.5]', '/0', 'only integers are accepted'],
    ['[1e3]', '/0', 'only integers are accepted'],
    ['[0,9007199254740992]', '/1', 'only integers from'],
    ['[-0]', '/0', 'only integers from'],
    ['["\\ud800"]', '/0', 'half a surrogate pair'],
    ['["\\u0000"]', '/0', 'U+0000'],
    ['["a\nb"]', '/0', 'control character'],
    ['["\\x"]', '/0', 'wrong escape'],
  ])('refuses %s at %s', (text, pointer, message) => {
    const result = read(text);
    expect(result).toMatchObject({ ok: false, pointer });
    expect(result.ok ? '' : result.message).toContain(message);
  });

  it.each([
    '',
    ' ',
    '{',
    '[1,]',
    '{"a":1,}',
    '[1 2]',
    '{"a" 1}',
    '{a:1}',
    "'a'",
    '01',
    '+1',
    'nul',
    'NaN',
    '[1]]',
    '{} {}',
    '{"a":}',
    ']',
    '\ufeff{}',
    '// x\n1',
  ])('refuses the malformed text %j', (text) => {
    expect(read(text).ok).toBe(false);
  });

  it('says where the text went wrong', () => {
    expect(read('{"a": 1,\n  "b" 2}')).toMatchObject({
      message: 'has 2 where a colon is expected (line 2, column 8)',
    });
  });
});
