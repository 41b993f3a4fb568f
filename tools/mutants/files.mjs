// The source files under a path, relative to the root of the clone: no specs, nothing generated.
import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** Written by tools/generate. */
const GENERATED = ['primitives/index.ts', 'primitives/dispatch.ts'];

/**
 * @param {string} path
 * @returns {string[]}
 */
export function sourcesIn(path) {
  const whole = join(ROOT, path);
  if (!statSync(whole).isDirectory()) return [relative(ROOT, whole)];
  return readdirSync(whole, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|sql)$/.test(name) && !/\.(spec|fixture)\.ts$/.test(name))
    .filter((name) => !GENERATED.some((end) => join(path, name).endsWith(end)))
    .filter((name) => !/(^|\/)(generated|dist|node_modules)\//.test(name))
    .map((name) => relative(ROOT, join(whole, name)))
    .sort();
}

/**
 * @param {string} inner
 * @param {string} outer
 */
export const isWithin = (inner, outer) => inner === outer || inner.startsWith(`${outer}/`);
