/** docs/exports.md shows each format by what it makes of a bug; `npm run golden` writes that part. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXPORT_FORMATS } from '@lastref/reporting';
import { compileAddress } from '@lastref/scenarios';
import { prove } from '@lastref/exploration';
import { shrink } from '@lastref/shrinking';
import { exported } from './minima.js';

const FILE = join(__dirname, '../../../docs/exports.md');
const HEAD = 14;
const TAIL = 6;
const WIDEST = 150;

it('is up to date', () => {
  const page = readFileSync(FILE, 'utf8');
  const formats = EXPORT_FORMATS.map(
    ({ name, extension, mediaType, opensIn }) =>
      `| \`${name}\` | \`${extension}\` | \`${mediaType}\` | ${opensIn} |`,
  );
  const table = [
    '| format | file | media type | opens in |',
    '| --- | --- | --- | --- |',
    ...formats,
  ];
  const written = filled(filled(page, 'formats', table.join('\n')), 'examples', examples());
  if (process.env['WRITE_GOLDEN'] === '1') writeFileSync(FILE, written);
  expect(withoutPadding(readFileSync(FILE, 'utf8'))).toBe(withoutPadding(written));
});

function examples(): string {
  const program = compileAddress('devmem/buggy/order-down-uninstall-close');
  const found = shrink(program, prove(program).failures[0] ?? '');
  if (!found.ok) throw new Error(found.message);
  const { trace, reproduction } = found;
  const run = exported(program, trace, {
    about: reproduction.signature,
    grade: reproduction.grade,
  });
  return EXPORT_FORMATS.map(({ name, render }) => {
    const lines = render(run, { width: 75 }).trimEnd().split('\n').map(short);
    const shown =
      lines.length <= HEAD + TAIL + 1
        ? lines
        : [...lines.slice(0, HEAD), '...', ...lines.slice(-TAIL)];
    return [`### ${name}`, '', '~~~text', ...shown, '~~~'].join('\n');
  }).join('\n\n');
}

const short = (line: string): string =>
  line.length > WIDEST ? `${line.slice(0, WIDEST)} ...` : line;

const filled = (page: string, name: string, content: string): string =>
  page.replace(
    new RegExp(`<!-- ${name} -->[^]*<!-- /${name} -->`),
    () => `<!-- ${name} -->\n\n${content}\n\n<!-- /${name} -->`,
  );

/** A formatter of Markdown pads the cells of tables and chooses its fences. */
const withoutPadding = (page: string): string =>
  page
    .replaceAll(/ +\|/g, ' |')
    .replaceAll(/-{3,}/g, '---')
    .replaceAll(/~{3,}|`{3,}/g, '~~~');
