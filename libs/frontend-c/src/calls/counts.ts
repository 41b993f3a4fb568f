/** struct kref, by the refcount it is; its release function gets the address of the kref. */
import type { Handler } from '../lower/calling.js';
import { conditionOf, intValue, VOID } from '../lower/values.js';
import { functionNamed } from '../scan/scan.js';
import type { CallExpr, Expr } from '../syntax/ast.js';
import { Fault } from '../text/diagnostics.js';
import { byOperation } from './by-operation.js';

export function argument({ args, at }: CallExpr, i: number): Expr {
  const arg = args[i];
  if (arg === undefined) throw new Fault(at, 'an argument is missing');
  return arg;
}

const put: Handler = (c, call) => {
  const counter = c.field(argument(call, 0), ['refcount']);
  const release = functionNamed(call.args[1]);
  if (release === null) throw new Fault(call.at, 'the release function of kref_put must be a name');
  c.here(call.at);
  const released = c.f.var('released', 1, 0);
  c.f.if(c.f.refcount_dec_and_test(counter.place as never), () => {
    c.invoke(release, [{ t: 'address', of: counter }], call.at);
    c.f.set(released, 1);
  });
  return intValue(released);
};

const init: Handler = (c, call) => {
  const place = c.place(argument(call, 0), ['refcount']);
  c.here(call.at);
  c.f.refcount_set(place as never, 1);
  return VOID;
};

const decAndLock: Handler = (c, call) => {
  const count = c.place(argument(call, 0), ['refcount']);
  const lock = c.place(argument(call, 1), ['mutex']);
  c.here(call.at);
  return conditionOf(c.f.refcount_dec_and_mutex_lock(count as never, lock as never));
};

const read: Handler = (c, call) => {
  const place = c.place(argument(call, 0), ['refcount']);
  c.here(call.at);
  return intValue(c.f.refcount_read(place as never));
};

/** The same operation under another name. */
const as = (name: string, order?: readonly number[]): Handler => {
  const handler = byOperation(name, order);
  if (handler === null) throw new Error(`no operation ${name}`);
  return handler;
};

export const COUNTS: Readonly<Record<string, Handler>> = {
  kref_init: init,
  kref_get: as('refcount_inc'),
  kref_get_unless_zero: as('refcount_inc_not_zero'),
  kref_put: put,
  kref_read: read,
  refcount_read: read,
  refcount_dec_and_mutex_lock: decAndLock,
  refcount_add: as('refcount_add', [1, 0]),
  refcount_sub_and_test: as('refcount_sub_and_test', [1, 0]),
  atomic_add: as('atomic_add', [1, 0]),
  atomic_sub: as('atomic_sub', [1, 0]),
  atomic_add_return: as('atomic_add_return', [1, 0]),
  atomic_fetch_add: as('atomic_fetch_add', [1, 0]),
};
