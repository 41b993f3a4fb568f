/**
 * Spells failures: `kind@function(detail)`, lists joined by +, waits of a cycle as function(resource class).
 * Only names of functions, types, fields, classes and registries appear, never an instance.
 */
import { at } from '../assert.js';
import { specOf } from '../derived/catalogue.js';
import { laidOut } from '../operation/operand.js';
import type { Kind } from '../program/kinds.js';
import { signable } from '../program/signable.js';
import { Row } from '../operation/row.js';
import { ATOMIC } from '../primitives/support/contexts.js';
import type { Tables } from '../tables/tables.js';
import { Leaked } from './leaked.js';

export const fnName = (tables: Tables, fn: number): string =>
  signable(tables.program.functions[fn]?.name ?? '?');

/** type.field, or the static variable, that a place names. */
function fieldName(tables: Tables, pc: number, [base = -1, field = -1]: readonly number[]): string {
  const { program } = tables;
  if (base < 0) return program.statics[field]?.name ?? '?';
  const type = program.types[program.bodies[tables.bodyOf[pc] ?? -1]?.locals[base]?.type ?? -1];
  return `${type?.name ?? '?'}.${type?.fields[field]?.name ?? '?'}`;
}

/** type.field of the operand whose pointer was NULL; the type alone for operands that name no field. */
function nullOperand(tables: Tables, pc: number, argument: number): string {
  const { op, args } = at(tables.program.code, pc);
  const found = laidOut(specOf(op).operands).find(({ offset }) => offset + 1 === argument);
  if (found === undefined) return '?';
  const own = args.slice(found.offset);
  if (found.operand.is === 'place') return fieldName(tables, pc, own);
  const local = tables.program.bodies[tables.bodyOf[pc] ?? -1]?.locals[own[0] ?? -1];
  return tables.program.types[local?.type ?? -1]?.name ?? '?';
}

/** The field or static variable an operation works on, as type.field; a lock by the name of its class. */
export function placeName(tables: Tables, pc: number): string {
  const { op, args } = at(tables.program.code, pc);
  const found = laidOut(specOf(op).operands).find(({ operand }) => operand.is === 'place');
  if (found === undefined) return moduleName(tables, pc);
  const cls = tables.lockClasses[tables.code[(pc << Row.shift) + Row.lock] as number];
  return cls?.name ?? fieldName(tables, pc, args.slice(found.offset));
}

/** The last of the fields or static variables that an operation works on. */
export function lastPlaceName(tables: Tables, pc: number): string {
  const { op, args } = at(tables.program.code, pc);
  const found = laidOut(specOf(op).operands).filter(({ operand }) => operand.is === 'place');
  return fieldName(tables, pc, args.slice(found.at(-1)?.offset ?? 0));
}

/** The module whose count an operation changes. */
function moduleName(tables: Tables, pc: number): string {
  const { op, args } = at(tables.program.code, pc);
  const found = laidOut(specOf(op).operands).find(({ operand }) => operand.is === 'module');
  return tables.program.modules[args[found?.offset ?? -1] ?? -1]?.name ?? '?';
}

/** What a blocked operation waits for: a lock class, a completion, a queue. */
export function resourceName(tables: Tables, pc: number): string {
  const op = at(tables.program.code, pc);
  if (specOf(op.op).operands.some((operand) => operand.is === 'place'))
    return placeName(tables, pc);
  const local = tables.program.bodies[tables.bodyOf[pc] ?? -1]?.locals[op.args[0] ?? -1];
  return tables.program.types[local?.type ?? -1]?.name ?? op.op;
}

/** A wait as function(resource). */
export const waitName = (tables: Tables, fn: number, pc: number): string =>
  `${fnName(tables, fn)}(${resourceName(tables, pc)})`;

/** Waits [function, pc] ... as function(resource), rotated to the least when they form a cycle. */
function waits(tables: Tables, words: Int32Array, length: number, cycle: boolean): string {
  const parts: string[] = [];
  for (let i = 1; i + 1 < length; i += 2)
    parts.push(waitName(tables, words[i] as number, words[i + 1] as number));
  return (cycle ? leastRotation(parts) : parts.sort()).join('+');
}

export function leastRotation(parts: readonly string[]): string[] {
  const rotations = parts.map((_, i) => [...parts.slice(i), ...parts.slice(0, i)]);
  return rotations.reduce((a, b) => (b.join('\n') < a.join('\n') ? b : a), rotations[0] ?? []);
}

export function spell(tables: Tables, kind: Kind, words: Int32Array, length: number): string {
  const { program } = tables;
  const fn = fnName(tables, words[1] as number);
  const [x, y] = [words[2] as number, words[3] as number];
  switch (kind) {
    case 'use-after-free':
    case 'double-free':
    case 'held-lock-freed':
      return `${kind}@${fn}(${at(program.types, x).name} freed by ${fnName(tables, y)})`;
    case 'null-deref':
      return `${kind}@${fn}(${nullOperand(tables, x, y)})`;
    case 'module-text-fault':
      return `${kind}@${fn}(${at(program.modules, x).name})`;
    case 'duplicate-name':
    case 'bad-removal':
      return `${kind}@${fn}(${at(program.registries, x).name})`;
    case 'deadlock':
      return `${kind}@${waits(tables, words, length, true)}`;
    case 'hung-task':
      return `${kind}@${waits(tables, words, length, false)}`;
    case 'livelock':
      return `${kind}@${names(tables, words, length)}`;
    case 'leak':
      return `${kind}@${leaked(tables, words, length)}`;
    case 'refcount-underflow':
    case 'refcount-inc-from-zero':
    case 'refcount-saturated':
    case 'bad-unlock':
    case 'list-corruption':
    case 'illegal-synchronize':
      return `${kind}@${fn}(${placeName(tables, x)})`;
    case 'sleep-in-atomic':
      return `${kind}@${fn}(${x < 0 ? at(ATOMIC, -1 - x) : at(tables.lockClasses, x).name})`;
    case 'busy-pool':
    case 'invariant':
      return `${kind}@${fn}(${program.checks?.[x] ?? '?'})`;
    case 'lock-order':
    case 'recursive-lock':
    case 'suspicious-rcu':
    case 'data-race':
    case 'warning':
      return `${kind}@${fn}`;
  }
}

const names = (tables: Tables, words: Int32Array, length: number): string =>
  Array.from(words.subarray(1, length), (fn) => fnName(tables, fn))
    .sort()
    .join('+');

/** What stays behind: what it is, the function, and the type or lock class. */
function leaked(tables: Tables, words: Int32Array, length: number): string {
  const parts: string[] = [];
  for (let i = 1; i + 2 < length; i += 3) {
    const fn = fnName(tables, words[i + 1] as number);
    const what = words[i + 2] as number;
    parts.push(
      (words[i] as Leaked) === Leaked.object
        ? `${fn}(${at(tables.program.types, what).name})`
        : `${fn}(held ${at(tables.lockClasses, what).name})`,
    );
  }
  return parts.sort().join('+');
}
