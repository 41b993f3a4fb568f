/**
 * Runs before every spec of the engine and looks at every step of every machine, whoever drives it. A step writes only slots
 * that there are: what failed on its pointer goes no further. No slot that it wrote is outside of its declared range (after
 * a reset, no slot at all): a packed state has no room for more, the bits would run into the slots beside it, and what is
 * proved would be about another program. No milestone is reached before those that `order` puts before it. And a step fails
 * in no way that its operation does not say that it raises.
 */
import { Machine, specOf, type Kind } from '@lastref/kernel';

type Step = (this: Machine, task: number, fault: boolean) => boolean;
type Reset = (this: Machine) => void;

const original = (name: 'step' | 'reset'): unknown =>
  Object.getOwnPropertyDescriptor(Machine.prototype, name)?.value;
const step = original('step') as Step;
const reset = original('reset') as Reset;

function check({ state, tables }: Machine, slot: number): void {
  const info = tables.layout.slots[slot];
  const value = state[slot] ?? 0;
  if (info === undefined) throw new RangeError(`there is no slot ${slot}`);
  if (value < info.min || value > info.max)
    throw new RangeError(
      `slot ${info.name} holds ${value}; it is declared from ${info.min} to ${info.max}`,
    );
}

/** Of the milestones that the step reached. */
function checkOrder({ state, log, written, tables: { program, layout } }: Machine): void {
  for (let i = 0; i < written; i += 2) {
    const reached = layout.milestones.indexOf(log[i] ?? -1);
    if (reached < 0 || log[i + 1] === 1) continue;
    for (const [early, late] of program.order)
      if (late === reached && state[layout.milestones[early] ?? -1] === 0)
        throw new RangeError(
          `${program.milestones[late] ?? ''} is reached before ${program.milestones[early] ?? ''}`,
        );
  }
}

/** What any step may fail by: its pointers, the text it stands in, a lock held while it sleeps, where it arrives. */
const ANYWHERE: readonly Kind[] = [
  'use-after-free',
  'null-deref',
  'module-text-fault',
  'sleep-in-atomic',
  'deadlock',
];

function checkRaised({ failure, pc, tables }: Machine): void {
  const kind = failure.kind();
  const { op } = tables.program.code[pc] ?? { op: 'end' };
  if (!ANYWHERE.includes(kind) && !specOf(op).raises.includes(kind))
    throw new RangeError(`${op} raises ${kind} and does not say so`);
}

Machine.prototype.step = function (task, fault) {
  const goesOn = step.call(this, task, fault);
  for (let i = 0; i < this.written; i += 2) check(this, this.log[i] ?? -1);
  if (this.tables.program.order.length > 0) checkOrder(this);
  if (!goesOn) checkRaised(this);
  return goesOn;
};

Machine.prototype.reset = function () {
  reset.call(this);
  this.tables.layout.slots.forEach((_, slot) => {
    check(this, slot);
  });
};
