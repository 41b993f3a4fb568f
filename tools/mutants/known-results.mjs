// What became of each mutant the last time, in .lastref/mutants: a file that has not changed since is not begun again. Its
// killed mutants stay killed; those that lived are shown to the specs once more, which may have grown.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '../json.mjs';
import { ROOT } from './files.mjs';

const WORK = join(ROOT, '.lastref/mutants');

/** @typedef {{ line: number, column: number }} Position */
/** @typedef {{ start: Position, end: Position, now: string, status: string }} Result */

/** @param {string} file */
const digest = (file) =>
  createHash('sha256')
    .update(readFileSync(join(ROOT, file)))
    .digest('hex');

/** @param {string} file */
const placeOf = (file) => join(WORK, `${file.replaceAll('/', '-')}.json`);

/** @param {string} file @returns {Result[] | undefined} */
export function knownResults(file) {
  try {
    const known = /** @type {{ digest: string, results: Result[] }} */ (readJson(placeOf(file)));
    return known.digest === digest(file) ? known.results : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} file @param {readonly Result[]} results */
export function keepResults(file, results) {
  mkdirSync(WORK, { recursive: true });
  writeFileSync(placeOf(file), JSON.stringify({ digest: digest(file), results }));
}

/** @param {Result} result */
export const keyOf = ({ start, end, now }) =>
  `${start.line}:${start.column}-${end.line}:${end.column} ${now}`;
