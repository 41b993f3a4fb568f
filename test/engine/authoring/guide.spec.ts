/** What docs/authoring.md shows is code that compiles, and what it says of it is so. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, FunctionBuilder, tryCompile } from '@lastref/authoring';
import { prove } from '@lastref/exploration';
import { forgotten, widget } from './guide.js';

const guide = readFileSync(join(__dirname, '../../../docs/authoring.md'), 'utf8');
const source = readFileSync(join(__dirname, 'guide.ts'), 'utf8');
const blocks = (language: string): string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(
    ([, text = '']) => text,
  );
/** Without what the formatter decides. */
const plain = (code: string): string => code.replace(/\s+/g, ' ').trim();

it('has examples', () => {
  expect(blocks('ts').length).toBeGreaterThanOrEqual(3);
});

it.each(blocks('ts').map((text) => [text.split('\n')[0], text]))('%s', (_, text) => {
  expect(plain(source)).toContain(plain(text));
});

it('says what each variant of its example does', () => {
  const failures = (variant: string): readonly string[] =>
    prove(compile(widget, `widget/${variant}`)).failures;
  expect(failures('fixed')).toEqual([]);
  expect(failures('buggy')).toEqual([expect.stringMatching(/^held-lock-freed@widget_put\(/)]);
  const [leak, ...more] = failures('leaks');
  expect(more).toEqual([]);
  expect(guide).toContain(`\`${leak ?? ''}\``);
});

it('quotes an error as it is', () => {
  const [quoted = ''] = blocks('text');
  const result = tryCompile(forgotten, 'widget/fixed');
  expect(result.ok ? '' : result.message).toContain(quoted.trim().replace(/\.\.\.$/, ''));
});

it.each([...new Set([...guide.matchAll(/`f\.(\w+)/g)].map(([, name]) => name ?? ''))])(
  'f.%s exists',
  (name) => {
    expect(name in FunctionBuilder.prototype).toBe(true);
  },
);
