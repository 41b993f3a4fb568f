/** One task that runs alone to its end: what the statics hold then. */
import { task, type FunctionBuilder } from '@lastref/authoring';
import { Machine, tablesOf } from '@lastref/kernel';
import { tiny, type TinyCase } from './tiny.js';

const ENOUGH_STEPS = 100;

/** @param name of the static variable, or of an object's slot as the layout calls it */
export function ranAlone(
  body: (f: FunctionBuilder) => void,
  spec: Omit<TinyCase, 'tasks'> = {},
): (name: string) => number {
  const machine = new Machine(tablesOf(tiny({ ...spec, tasks: [task('alone', body)] })));
  for (let left = ENOUGH_STEPS; machine.candidates() !== 0; left--) {
    if (left === 0 || !machine.step(0, false)) throw new Error('the task did not end');
  }
  const { slots } = machine.tables.layout;
  return (name) => {
    const slot = slots.findIndex((one) => one.name === name);
    if (slot < 0) throw new Error(`no ${name} among ${slots.map((one) => one.name).join(', ')}`);
    return machine.state[slot] ?? NaN;
  };
}
