import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseProgram } from './validate.js';

const fixtures = (folder: string): { name: string; json: unknown }[] => {
  const path = join(__dirname, '../../../../test/fixtures', folder, 'programs');
  return readdirSync(path).map((name) => ({
    name,
    json: JSON.parse(readFileSync(join(path, name), 'utf8')) as unknown,
  }));
};

describe('parseProgram', () => {
  it.each(fixtures('ok'))('accepts $name', ({ json }) => {
    expect(parseProgram(json)).toMatchObject({ ok: true });
  });

  it.each(fixtures('not-ok'))('refuses $name, saying where and why', ({ json }) => {
    const { program, expected } = json as { program: unknown; expected: unknown };
    const parsed = parseProgram(program);
    expect(parsed.ok ? [] : parsed.errors).toEqual(expected);
  });

  it.each([
    { title: { length: { toString: false } } },
    { code: [{ args: { length: { valueOf: 1 } } }] },
    JSON.parse('{"__proto__": {"length": 1}}') as unknown,
  ])('refuses keys that hide what objects inherit: %j', (json) => {
    const parsed = parseProgram(json);
    expect(parsed.ok ? [] : parsed.errors).toMatchObject([{ message: 'no such key here' }]);
  });

  it.each([null, 1, 'x', [], {}])('refuses %j', (json) => {
    expect(parseProgram(json).ok).toBe(false);
  });
});
