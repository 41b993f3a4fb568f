/**
 * Whether a signature is the failure a row means. Rows name functions only: a deadlock's cycle may start anywhere, a
 * leak matches when its set contains the function, hangs and livelocks compare as sets.
 */
import { signatureParts } from '@lastref/kernel';
import type { Pattern } from './expect.js';

export function matches(pattern: Pattern, signature: string): boolean {
  const { kind, parts } = signatureParts(signature);
  if (kind !== pattern.kind) return false;
  const names = parts.map(({ name }) => name);
  switch (kind) {
    case 'deadlock':
      return sameCycle(names, pattern.functions);
    case 'leak':
      return pattern.functions.every((name) => names.includes(name));
    case 'hung-task':
    case 'livelock':
      return same([...names].sort(), [...pattern.functions].sort());
    default:
      return same(names, pattern.functions);
  }
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);

const sameCycle = (a: readonly string[], b: readonly string[]): boolean =>
  a.some((_, i) => same([...a.slice(i), ...a.slice(0, i)], b));
