/**
 * Runs before every spec of the engine: after each step of each machine, whoever drives it, no slot that the step wrote
 * holds more than its declared maximum, and after each reset no slot at all. A packed state has no room for more: the bits
 * would run into the slots beside it, and what is proved would be about another program.
 */
import { Machine } from '@lastref/kernel';

type Step = (this: Machine, task: number, fault: boolean) => boolean;
type Reset = (this: Machine) => void;

const step = Reflect.get(Machine.prototype, 'step') as Step;
const reset = Reflect.get(Machine.prototype, 'reset') as Reset;

function check({ state, tables }: Machine, slot: number): void {
  const info = tables.layout.slots[slot];
  const value = state[slot] ?? 0;
  if (info !== undefined && (value < 0 || value > info.max))
    throw new RangeError(`slot ${info.name} holds ${value}; it is declared up to ${info.max}`);
}

Machine.prototype.step = function (task, fault) {
  const goesOn = step.call(this, task, fault);
  for (let i = 0; i < this.written; i += 2) check(this, this.log[i] ?? -1);
  return goesOn;
};

Machine.prototype.reset = function () {
  reset.call(this);
  this.tables.layout.slots.forEach((_, slot) => {
    check(this, slot);
  });
};
