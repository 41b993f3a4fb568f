/**
 * Calls that the front matter says all about: `ignore`, `reads`, `sleeps`, a value, or several of which all but the first
 * are faults named like the call, as cases arm them.
 */
import { Struct } from '@lastref/authoring';
import type { Calling } from '../lower/calling.js';
import { intValue, OPAQUE, type Value } from '../lower/values.js';
import { ERRNO } from '../scan/errno.js';
import type { CallExpr } from '../syntax/ast.js';
import { Fault } from '../text/diagnostics.js';
import { hasEffect } from './ignored.js';

/** An allocation that nobody sees says whether the call fails. */
class Chance extends Struct {
  static override readonly tag = 'chance';
  static override readonly count = 4;
}

const WORDS = `"0", "0 | -ENOMEM", ignore, reads or sleeps`;

export function stubbed(c: Calling, { args, at }: CallExpr, name: string, stub: string): Value {
  for (const arg of args) if (stub === 'reads' || hasEffect(arg)) c.value(arg);
  c.model.notes.add('stub', `${name} ${stub}`, at);
  c.here(at);
  switch (stub.trim()) {
    case 'ignore':
    case 'reads':
      return OPAQUE;
    case 'sleeps':
      c.f.msleep();
      return OPAQUE;
  }
  const values = stub.split('|').map((text) => valueOf(text.trim()));
  const [first, ...others] = values;
  if (first === undefined || first === null || others.some((value) => value === null))
    throw new Fault(at, `the stub of ${name} cannot be read: ${stub}`, `write ${WORDS}`);
  if (others.length === 0 || !c.model.mayFail(name)) return intValue(first);
  if (others.length > 1)
    throw new Fault(
      at,
      `the stub of ${name} has more than two values`,
      'write a C function for it',
    );
  const result = c.f.var(name, 1, first);
  const chance = c.f.kzalloc(Chance, name);
  c.f.if(
    c.f.is_null(chance),
    () => {
      c.f.set(result, others[0] ?? 0);
    },
    () => {
      c.f.kfree(chance);
    },
  );
  return intValue(result);
}

/** A number, or a negative error code. */
function valueOf(text: string): number | null {
  if (/^-?\d+$/.test(text)) return Number(text);
  const code = ERRNO[text.replace(/^-/, '')];
  if (code === undefined) return null;
  return text.startsWith('-') ? -code : code;
}
