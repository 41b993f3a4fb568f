/**
 * Kernel calls that are an operation of the engine under the same name: what the arguments are, the operation's own
 * definition tells. Arguments behind the last operand (timeouts, states) say nothing to a model without time.
 */
import { Cond, FunctionBuilder, Int } from '@lastref/authoring';
import { OP_NAMES, specOf, type Operand } from '@lastref/kernel';
import { Fault } from '../text/diagnostics.js';
import type { Calling, Handler } from '../lower/calling.js';
import { conditionOf, intValue, VOID, type Value } from '../lower/values.js';

/** Operations whose name is no kernel call, or a kernel call that takes other arguments. */
const OTHERWISE = new Set([
  'load',
  'store',
  'stay',
  'check',
  'kfree',
  'kthread_run',
  'request_irq',
  'request_threaded_irq',
  'free_irq',
  'schedule',
  'test_bit',
  'test_and_set_bit',
  'test_and_clear_bit',
  'spin_lock_irqsave',
  'atomic_cmpxchg',
  'wait_for_completion_timeout',
  'rcu_dereference',
  'srcu_dereference',
]);

/** These hold where the kernel's call returns 0; until they are lowered so, they are not known. */
const RETURNS_ZERO = /_(interruptible|killable)$/;

const USED = new Set<Operand['is']>(['dst', 'place', 'value', 'pointer', 'ambient']);

/** The operands of the call of this name; null if no operation of the engine is that call. */
function operandsOf(name: string): readonly Operand[] | null {
  if (OTHERWISE.has(name) || RETURNS_ZERO.test(name)) return null;
  const first = OP_NAMES.find((op) => {
    const { local, partOf, endsItem } = specOf(op);
    return local !== true && endsItem !== true && (partOf ?? op) === name;
  });
  if (first === undefined || !(name in FunctionBuilder.prototype)) return null;
  const { operands } = specOf(first);
  if (!operands.every(({ is }) => USED.has(is))) return null;
  return operands.filter(
    (operand) =>
      operand.is !== 'dst' &&
      operand.is !== 'ambient' &&
      !(operand.is === 'place' && operand.implicit === true),
  );
}

/** @param order which argument of the C call each operand is */
export function byOperation(name: string, order?: readonly number[]): Handler | null {
  const operands = operandsOf(name);
  if (operands === null) return null;
  return (c, { args, at }) => {
    const given = operands.map((operand, i) => {
      const arg = args[order?.[i] ?? i];
      if (arg === undefined) throw new Fault(at, `${name}() needs ${operands.length} arguments`);
      switch (operand.is) {
        case 'place':
          return c.place(arg, operand.of);
        case 'pointer':
          return c.object(arg);
        default:
          return c.int(arg);
      }
    });
    c.here(at);
    return run(c, name, given);
  };
}

/** Calls a method of the builder whose arguments were made from its operation's definition. */
export function run({ f }: Calling, name: string, given: readonly unknown[]): Value {
  const method: unknown = Reflect.get(f, name);
  if (typeof method !== 'function') return VOID;
  const result: unknown = Reflect.apply(method, f, given);
  if (result instanceof Int) return intValue(result);
  return result instanceof Cond ? conditionOf(result) : VOID;
}
