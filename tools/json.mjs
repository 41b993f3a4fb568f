// JSON as data of which nothing is known yet: whoever reads it says what it is. In old syntax, since the check of Node's
// version reads with it too.
import { readFileSync } from 'fs';

/** @param {string} text @returns {unknown} */
export function parseJson(text) {
  return JSON.parse(text);
}

/** @param {string} path @returns {unknown} */
export function readJson(path) {
  return parseJson(readFileSync(path, 'utf8'));
}
