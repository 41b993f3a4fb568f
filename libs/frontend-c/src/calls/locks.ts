/** Locks whose C call is not the operation's own: classes of lockdep, saved flags, guards. */
import type { Calling, Handler } from '../lower/calling.js';
import { intValue, VOID } from '../lower/values.js';
import { textOf } from '../scan/walk.js';
import type { CallExpr, Expr, IteratorStmt } from '../syntax/ast.js';
import { Fault } from '../text/diagnostics.js';
import { byOperation } from './by-operation.js';
import { argument } from './counts.js';

const as = (name: string): Handler => {
  const handler = byOperation(name);
  if (handler === null) throw new Error(`no operation ${name}`);
  return handler;
};

const saveFlags: Handler = (c, call) => {
  const lock = c.place(argument(call, 0), ['spinlock']);
  c.here(call.at);
  c.assign(argument(call, 1), intValue(c.f.spin_lock_irqsave(lock as never)), call.at);
  return VOID;
};

interface Guard {
  readonly kinds: readonly string[];
  readonly lock: string;
  readonly unlock: string;
}

const GUARDS: Readonly<Record<string, Guard>> = {
  mutex: { kinds: ['mutex'], lock: 'mutex_lock', unlock: 'mutex_unlock' },
  spinlock: { kinds: ['spinlock'], lock: 'spin_lock', unlock: 'spin_unlock' },
  spinlock_irq: { kinds: ['spinlock'], lock: 'spin_lock_irq', unlock: 'spin_unlock_irq' },
  spinlock_bh: { kinds: ['spinlock'], lock: 'spin_lock_bh', unlock: 'spin_unlock_bh' },
  raw_spinlock: { kinds: ['spinlock'], lock: 'spin_lock', unlock: 'spin_unlock' },
  rwsem_read: { kinds: ['rwsem'], lock: 'down_read', unlock: 'up_read' },
  rwsem_write: { kinds: ['rwsem'], lock: 'down_write', unlock: 'up_write' },
  rcu: { kinds: [], lock: 'rcu_read_lock', unlock: 'rcu_read_unlock' },
};

const guard: Handler = (c, { args, at }) => {
  const [kind, ...rest] = args;
  const name = kind === undefined ? '' : textOf(kind).replace(/^struct /, '');
  const found = GUARDS[name];
  if (found === undefined)
    throw new Fault(
      at,
      `guard(${name}) is not known`,
      `known are ${Object.keys(GUARDS).join(', ')}`,
    );
  const given = found.kinds.length === 0 ? [] : [held(rest, found, at)];
  const call: CallExpr = {
    k: 'call',
    callee: { k: 'name', name: found.lock, at },
    args: given,
    at,
  };
  as(found.lock)(c, call, null);
  c.cleanup(() => {
    as(found.unlock)(c, call, null);
  });
  return VOID;
};

function held(rest: readonly Expr[], { kinds }: Guard, at: CallExpr['at']): Expr {
  const [lock] = rest;
  if (lock === undefined) throw new Fault(at, `the guard needs a ${kinds.join(' or ')}`);
  return lock;
}

/** `scoped_guard(mutex, &x->lock) statement`. */
export function scopedGuard(c: Calling, { args, body, at, name }: IteratorStmt): void {
  guard(c, { k: 'call', callee: { k: 'name', name, at }, args, at }, null);
  c.statement({ body });
}

export const LOCKS: Readonly<Record<string, Handler>> = {
  guard,
  mutex_lock_nested: as('mutex_lock'),
  mutex_lock_io: as('mutex_lock'),
  down_read_nested: as('down_read'),
  down_write_nested: as('down_write'),
  spin_lock_nested: as('spin_lock'),
  raw_spin_lock: as('spin_lock'),
  raw_spin_unlock: as('spin_unlock'),
  raw_spin_lock_irqsave: saveFlags,
  raw_spin_unlock_irqrestore: as('spin_unlock_irqrestore'),
  spin_lock_irqsave: saveFlags,
};
