/**
 * Golden texts: whole answers kept beside the spec as `*.golden.txt`, compared byte by byte. With UPDATE_GOLDEN=1 they are
 * written instead; a change of them is a change of what users read, and belongs into the commit that explains it.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function expectGolden(name: string, text: string): void {
  const path = join(__dirname, 'golden', `${name}.golden.txt`);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
  expect(existsSync(path) ? readFileSync(path, 'utf8') : `no file ${name}.golden.txt`).toBe(text);
}
