// A stamp says of what inputs a result was made. It is written after the result, so an interrupted step is repeated.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @param {string} path @returns {string | undefined} */
export function readStamp(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** @param {string} path @param {string} value */
export function writeStamp(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, value);
}

/** Of the bytes of some files. @param {string[]} paths @returns {string} */
export function contentDigest(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(readFileSync(path));
  return hash.digest('hex');
}

/**
 * Of names, sizes and times of everything below some folders: enough to see an edit, without reading. Folders named
 * `generated` are left out: what they are made from counts instead.
 * @param {string[]} folders
 */
export function treeDigest(folders) {
  const hash = createHash('sha256');
  for (const folder of folders) addTree(hash, folder);
  return hash.digest('hex');
}

/** @param {import('node:crypto').Hash} hash @param {string} path */
function addTree(hash, path) {
  const info = statSync(path, { throwIfNoEntry: false });
  if (info === undefined) return;
  if (!info.isDirectory()) {
    hash.update(`${path}\0${info.size}\0${info.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (name !== 'generated') addTree(hash, join(path, name));
  }
}
