/**
 * Golden texts: whole answers kept beside the spec as `*.golden.txt`. Digests and sizes of searches are masked, since other
 * specs pin them and every change of the engine moves them; all else is compared byte by byte. With UPDATE_GOLDEN=1 they are
 * written instead; a change of them is a change of what users read, and belongs into the commit that explains it.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MASKS: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{64}/g, '<digest>'],
  [/(?<=lr2\.)[\w-]{22}(?=\.)/g, '<program>'],
  [/(?<=lr2\.\S+\.)[\w-]{6}$/gm, '<check>'],
  [/[\d,]+(?= (?:states|nodes|transitions|not expanded|of \d+ bytes))/g, '#'],
  [/(?<=\d+\/\d+\/\d+: )[\d,]*\d/g, '#'],
  [/(?<=depth )\d+/g, '#'],
];

export function expectGolden(name: string, answer: string): void {
  const text = MASKS.reduce((masked, [pattern, by]) => masked.replace(pattern, by), answer);
  const path = join(__dirname, 'golden', `${name}.golden.txt`);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
  expect(existsSync(path) ? readFileSync(path, 'utf8') : `no file ${name}.golden.txt`).toBe(text);
}
