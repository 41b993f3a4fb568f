/**
 * Keys of foreign JSON that hide what every object inherits, such as `toString`. No program has one, and a value with one
 * cannot even be compared with a number; so they are looked for before anything else is asked of it. Depth is bounded by
 * that of a program: what is deeper is no program either.
 */
import type { Path, Problems } from './problems.js';

/** Levels of nesting in a program, and some more. */
const MOST_LEVELS = 12;

export function checkInheritedKeys(json: unknown, problems: Problems, path: Path = []): void {
  if (typeof json !== 'object' || json === null || problems.full) return;
  if (!problems.check(path.length <= MOST_LEVELS, path.slice(0, MOST_LEVELS), 'is nested too deep'))
    return;
  for (const key of Object.keys(json)) {
    const here = [...path, Array.isArray(json) ? Number(key) : key];
    if (problems.check(!(key in Object.prototype), here, 'no such key here'))
      checkInheritedKeys(Reflect.get(json, key), problems, here);
  }
}
