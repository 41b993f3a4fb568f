/**
 * The operations of a program as C statements, one function of this file per family. What they do is written anew from
 * the primitives' definitions, not shared with the engine, so that agreeing with it means something.
 * `fail(n)` ends the run; `o` is the object of the place at hand, `s` its slot.
 */
import { ALT, ARG, NEXT, ROW_SHIFT, type Program, type Tables } from '@lastref/kernel';

/** Numbers of the failures that the C model tells apart. */
export const C_FAILURES = {
  memory: 1,
  refcount: 2,
  unlock: 3,
  name: 4,
  deadlock: 5,
  hung: 6,
  leak: 7,
  bound: 8,
} as const;

export interface COp {
  readonly pc: number;
  readonly op: string;
  readonly args: readonly number[];
  readonly next: number;
  readonly alt: number;
}

export function cOps(program: Program, tables: Tables): COp[] {
  return program.code.map((decl, pc) => {
    const row = pc << ROW_SHIFT;
    return {
      pc,
      op: decl.op,
      args: Array.from(tables.code.subarray(row + ARG, row + NEXT)),
      next: tables.code[row + NEXT] ?? 0,
      alt: tables.code[row + ALT] ?? 0,
    };
  });
}

const arg = (op: COp, i: number): number => op.args[i] ?? 0;
const local = (n: number): string => `B[L + ${n}]`;
const value = (op: COp, i: number): string =>
  arg(op, i) === 0 ? String(arg(op, i + 1)) : local(arg(op, i + 1));

/** Sets `s` to the slot of the place at argument i, after the checks of its pointer. */
const place = (op: COp, i: number): string =>
  arg(op, i) < 0
    ? `s = ${arg(op, i + 1)};`
    : `o = ${local(arg(op, i))}; if (!alive(o)) fail(1); s = FIELDS[o] + ${arg(op, i + 1)};`;

/** Like place(), for asking only: no check beyond the caller's. */
export const slotOf = (op: COp): string =>
  arg(op, 0) < 0 ? String(arg(op, 1)) : `FIELDS[${local(arg(op, 0))}] + ${arg(op, 1)}`;

export const dangling = (op: COp): string =>
  arg(op, 0) < 0 ? '0' : `!alive(${local(arg(op, 0))})`;

const go = (pc: number): string => `goto P${pc};`;

/** The statements of a step or a local operation, or null if there is no C for it. */
export function statements(op: COp, tables: Tables): string | null {
  const { layout, program } = tables;
  const on = (condition: string): string => `if (${condition}) ${go(op.next)} ${go(op.alt)}`;
  const count = (by: number): string =>
    `if (B[s] + ${by} > MAX[s]) fail(8); B[s] += ${by}; ${go(op.next)}`;
  const entry = (list: readonly number[], table: number, index: string): string =>
    `s = ${list[table] ?? 0} + ${index};`;
  switch (op.op) {
    case 'set':
      return `${local(arg(op, 0))} = ${value(op, 1)}; ${go(op.next)}`;
    case 'zero':
      return `${local(arg(op, 0))} = 0; ${go(op.next)}`;
    case 'test':
      return on(`${value(op, 0)} ${['==', '!=', '<', '<='][arg(op, 2)] ?? '=='} ${value(op, 3)}`);
    case 'load':
      return `${place(op, 1)} ${local(arg(op, 0))} = B[s]; ${go(op.next)}`;
    case 'store':
    case 'refcount_set':
      return `${place(op, 0)} if (${value(op, 2)} > MAX[s]) fail(8); B[s] = ${value(op, 2)}; ${go(op.next)}`;
    case 'test_bit':
      return `${place(op, 0)} ${on('B[s]')}`;
    case 'test_and_set_bit':
    case 'test_and_clear_bit':
      return `${place(op, 0)} o = B[s]; B[s] = ${op.op === 'test_and_set_bit' ? 1 : 0}; ${on('o')}`;
    case 'kzalloc': {
      const life = (tables.allocFns[arg(op, 1)] ?? []).indexOf(tables.fn[op.pc] ?? -1) + 1;
      return `o = fresh(${arg(op, 1)}, ${life}); if (!o) fail(8); ${local(arg(op, 0))} = o; ${go(op.next)}`;
    }
    case 'kfree':
      return `o = ${local(arg(op, 0))}; if (o && !release(o, ${freed(op, tables)})) fail(1); ${go(op.next)}`;
    case 'mutex_lock':
      return `${place(op, 0)} B[s] = t + 1; ${go(op.next)}`;
    case 'mutex_trylock':
      return `${place(op, 0)} if (B[s]) ${go(op.alt)} B[s] = t + 1; ${go(op.next)}`;
    case 'mutex_unlock':
    case 'up_write':
      return `${place(op, 0)} if (B[s] != t + 1) fail(3); B[s] = 0; ${go(op.next)}`;
    case 'down_read':
      return `${place(op, 0)} B[s + 1] |= 1 << t; ${go(op.next)}`;
    case 'up_read':
      return `${place(op, 0)} if (!(B[s + 1] >> t & 1)) fail(3); B[s + 1] &= ~(1 << t); ${go(op.next)}`;
    case 'down_write':
      return `${place(op, 0)} B[s + 2] |= 1 << t; ${go(op.next)}`;
    case 'down_write_wait':
      return `${place(op, 0)} B[s] = t + 1; B[s + 2] &= ~(1 << t); ${go(op.next)}`;
    case 'refcount_inc':
      return `${place(op, 0)} if (!B[s]) fail(2); ${count(1)}`;
    case 'refcount_inc_not_zero':
      return `${place(op, 0)} if (!B[s]) ${go(op.alt)} ${count(1)}`;
    case 'refcount_dec_not_one':
      return `${place(op, 0)} if (B[s] == 1) ${go(op.alt)} if (!B[s]) fail(2); B[s]--; ${go(op.next)}`;
    case 'refcount_dec_and_test':
      return `${place(op, 0)} if (!B[s]) fail(2); B[s]--; ${on('!B[s]')}`;
    case 'complete':
      return `${place(op, 0)} ${count(1)}`;
    case 'wait_for_completion':
      return `${place(op, 0)} B[s]--; ${go(op.next)}`;
    case 'wait_external':
      return `${place(op, 0)} ${go(op.next)}`;
    case 'idr_alloc':
      return `${entry(layout.tables, arg(op, 0), value(op, 1))} if (B[s]) ${go(op.alt)} B[s] = ${local(arg(op, 3))}; ${go(op.next)}`;
    case 'idr_find':
      return `${entry(layout.tables, arg(op, 1), value(op, 2))} ${local(arg(op, 0))} = B[s]; ${go(op.next)}`;
    case 'idr_find_get':
      return (
        `${entry(layout.tables, arg(op, 1), value(op, 2))} o = B[s]; ${local(arg(op, 0))} = 0; if (!o) ${go(op.next)} ` +
        `if (!alive(o)) fail(1); s = FIELDS[o] + ${arg(op, 4)}; if (!B[s]) ${go(op.next)} ${local(arg(op, 0))} = o; ${count(1)}`
      );
    case 'idr_remove':
      return `${entry(layout.tables, arg(op, 0), value(op, 1))} B[s] = 0; ${go(op.next)}`;
    case 'idr_destroy':
      return `for (s = 0; s < ${program.tables[arg(op, 0)]?.entries ?? 0}; s++) B[${layout.tables[arg(op, 0)] ?? 0} + s] = 0; ${go(op.next)}`;
    case 'queue_work':
      return (
        `o = ${local(arg(op, 0))}; s = ${local(arg(op, 1))}; if (!alive(o) || !alive(s)) fail(1); ` +
        `enqueue(o, ITEM[s][${arg(op, 2)}]); ${go(op.next)}`
      );
    case 'flush_workqueue':
      return `o = ${local(arg(op, 1))}; if (!alive(o)) fail(1); ${local(arg(op, 0))} = pending(o) + running(o); ${go(op.next)}`;
    case 'flush_workqueue_wait':
      return go(op.next);
    case 'destroy_workqueue':
      return `o = ${local(arg(op, 0))}; if (!alive(o)) fail(1); B[DRAINING[o]] = 1; ${go(op.next)}`;
    case 'destroy_workqueue_wait':
      return (
        `o = ${local(arg(op, 0))}; if (!alive(o) || !release(o, ${freed(op, tables)})) fail(1); ` +
        `B[DRAINING[o]] = 0; ${go(op.next)}`
      );
    case 'work_done':
      return `work_done(t); W[t] = 0; goto done;`;
    case 'try_module_get':
      return `s = ${layout.modules[arg(op, 0)] ?? 0}; if (B[s + 1]) ${go(op.alt)} ${count(1)}`;
    case 'module_put':
      return `s = ${layout.modules[arg(op, 0)] ?? 0}; if (!B[s]) fail(2); B[s]--; ${go(op.next)}`;
    case 'sysfs_create':
    case 'sysfs_remove': {
      const creates = op.op === 'sysfs_create';
      return `${entry(layout.registries, arg(op, 0), value(op, 1))} if (${creates ? '' : '!'}B[s]) fail(4); B[s] = ${creates ? 1 : 0}; ${go(op.next)}`;
    }
    default:
      return null;
  }
}

/** Offset of the freeing function's life value behind the last live one. */
function freed(op: COp, tables: Tables): string {
  const fn = tables.fn[op.pc] ?? -1;
  const byType = tables.freeFns.map((fns) => fns.indexOf(fn) + 1);
  return `((int[]){${byType.join(',')}})[TYPE[o]]`;
}
