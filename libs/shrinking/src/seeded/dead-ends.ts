/**
 * States from which a stretch that the state alone decides leads nowhere: to an end without the target, or for ever round. Most
 * candidates that lose the failure come to one of them soon, and need not be followed to the end of a large program.
 * States are compared whole, so nothing is given up that could have met the target; of a stretch that was cut short for its
 * cost nothing is noted. Looked at are the states after a switch and every few steps, since that costs more than a step.
 */
import { StateStore } from '@lastref/exploration';
import { Packer, type Machine } from '@lastref/kernel';
import { DEAD_ENDS_MAX_WORDS } from '../limits.js';

/** Steps of one task after which its state is looked at again. */
const EVERY = 16;

export class DeadEnds {
  private readonly packer: Packer;
  private readonly store: StateStore;
  private readonly maxStates: number;
  private readonly dead: boolean[] = [];
  /** States of the present stretch, which become dead if it is. */
  private readonly passed = new Set<number>();
  private stretch = -1;
  private steps = 0;

  constructor(private readonly machine: Machine) {
    this.packer = new Packer(machine.tables.layout);
    this.store = new StateStore(this.packer.words + 2);
    this.maxStates = Math.floor(DEAD_ENDS_MAX_WORDS / this.store.words);
  }

  /** Before the first step of a candidate. */
  begin(): void {
    this.leave(-1);
  }

  /**
   * Before a step of such a stretch. @param alone whether only `task` runs in it @param bits report bits collected so far
   * @returns whether nothing that meets the target is left
   */
  comesTo(stretch: number, task: number, last: number, alone: boolean, bits: number): boolean {
    if (stretch !== this.stretch) this.leave(stretch);
    else if (task === last && ++this.steps % EVERY !== 0) return false;
    const state = this.numberOf(alone ? task : this.machine.taskCount + 1 + last, bits);
    if (state < 0) return false;
    if (this.dead[state] === true || this.passed.has(state)) return true;
    this.passed.add(state);
    return false;
  }

  /** The run has ended in this stretch, without the target. */
  end(stretch: number): null {
    if (stretch === this.stretch) for (const state of this.passed) this.dead[state] = true;
    return null;
  }

  private leave(stretch: number): void {
    this.stretch = stretch;
    this.steps = 0;
    this.passed.clear();
  }

  /** -1 if there is no room for another state. */
  private numberOf(who: number, bits: number): number {
    const { store, packer } = this;
    if (store.count >= this.maxStates) return -1;
    const offset = store.reserve();
    packer.pack(this.machine.state, store.data, offset);
    store.data[offset + packer.words] = who;
    store.data[offset + packer.words + 1] = bits;
    return store.intern();
  }
}
