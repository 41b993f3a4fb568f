/**
 * A bug that is looked for: the kind of a failure and the functions its signature names, written kind@function+function.
 * One bug may fail with several signatures: a deadlock's cycle may start anywhere, a leak matches when its set contains the
 * functions, hangs and livelocks compare as sets; locks and types in the signature are not looked at.
 */
import { signatureParts } from '@lastref/kernel';

export interface Bug {
  readonly kind: string;
  readonly functions: readonly string[];
}

/** null for what is not written kind@function. */
export function parseBug(text: string): Bug | null {
  const [, kind, functions] = /^([^@]+)@([^@]+)$/.exec(text) ?? [];
  if (kind === undefined || functions === undefined) return null;
  return { kind, functions: functions.split('+') };
}

/** Whether a signature is a failure of the bug. */
export function matchesBug(bug: Bug, signature: string): boolean {
  const { kind, parts } = signatureParts(signature);
  if (kind !== bug.kind) return false;
  const names = parts.map(({ name }) => name);
  switch (kind) {
    case 'deadlock':
      return sameCycle(names, bug.functions);
    case 'leak':
      return bug.functions.every((name) => names.includes(name));
    case 'hung-task':
    case 'livelock':
      return same([...names].sort(), [...bug.functions].sort());
    default:
      return same(names, bug.functions);
  }
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);

const sameCycle = (a: readonly string[], b: readonly string[]): boolean =>
  a.some((_, i) => same([...a.slice(i), ...a.slice(0, i)], b));
