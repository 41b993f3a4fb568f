/** container_of and its like, conditions that only hint, marked accesses. */
import type { Calling, Handler } from '../lower/calling.js';
import { VOID, type Value } from '../lower/values.js';
import { textOf } from '../scan/walk.js';
import type { CallExpr, Expr } from '../syntax/ast.js';
import { Fault } from '../text/diagnostics.js';
import { argument } from './counts.js';

/** The object that holds the member a pointer points to. */
function container(c: Calling, pointer: Expr, tag: string, member: string): Value {
  const value = c.value(pointer);
  const unknown = new Fault(
    pointer.at,
    `'${textOf(pointer)}' is not known to be the '${member}' of a struct ${tag}`,
  );
  const of = value.t === 'address' ? value.of : null;
  if (
    of !== null &&
    of.owner !== null &&
    of.path === member &&
    of.owner.struct === c.model.struct(tag)
  )
    return { t: 'pointer', ref: of.owner, path: '', tag };
  if (value.t === 'pointer' && value.path === member && value.ref.struct === c.model.struct(tag))
    return { ...value, path: '', tag };
  throw unknown;
}

const containerOf: Handler = (c, call) => {
  const type = argument(call, 1);
  if (type.k !== 'type' || type.type.kind !== 'struct')
    throw new Fault(type.at, 'container_of needs a struct');
  return container(c, argument(call, 0), type.type.tag, textOf(argument(call, 2)));
};

/** `from_timer(x, t, member)`: the struct is that of the variable it is assigned to. */
const fromTimer: Handler = (c, call) => {
  const tag = c.structOf(argument(call, 0));
  if (tag === null)
    throw new Fault(call.at, `what '${textOf(argument(call, 0))}' points to is not known`);
  return container(c, argument(call, 1), tag, textOf(argument(call, 2)));
};

const truth: Handler = (c, call) => {
  const of = argument(call, 0);
  return c.truth(c.value(of), of.at);
};

const same: Handler = (c, call, want) => c.value(argument(call, 0), want);

const write: Handler = (c, call: CallExpr) => {
  const value = c.value(argument(call, 1));
  const held: Value = value.t === 'condition' ? c.truth(value, call.at) : value;
  c.assign(argument(call, 0), held, call.at);
  return VOID;
};

export const POINTERS: Readonly<Record<string, Handler>> = {
  container_of: containerOf,
  from_timer: fromTimer,
  timer_container_of: fromTimer,
  likely: truth,
  unlikely: truth,
  READ_ONCE: same,
  smp_load_acquire: same,
  data_race: same,
  rcu_access_pointer: same,
  unrcu_pointer: same,
  WRITE_ONCE: write,
  RCU_INIT_POINTER: write,
};
