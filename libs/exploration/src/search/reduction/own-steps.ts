/**
 * What a step of the set touches in the state at hand, as far as outsiders could notice: less than its operation could,
 * where its object is private to those that do not move, and where no dead object's slot can depend on a pointer going.
 */
import { at, cell, resource, specOf, type Machine } from '@lastref/kernel';
import { conflict, unite, writes, type Bits } from './bits.js';
import type { EffectBits } from './effect-bits.js';
import type { Outsiders } from './outsiders.js';
import { privateStep, type PrivateStep } from './private-steps.js';
import { Reach } from './reach.js';

export class OwnSteps {
  private readonly privateSteps: readonly (PrivateStep | null)[];
  private readonly reach: Reach;
  private readonly lifeOf: readonly number[];
  private readonly pointersTo: readonly Bits[];
  private readonly scratch: Bits;
  /** Per operation by which a reader leaves: its effect where a writer waits for it. */
  private readonly leaving: readonly (Bits | null)[];

  constructor(
    private readonly machine: Machine,
    private readonly effects: EffectBits,
    private readonly outsiders: Outsiders,
  ) {
    const { program } = machine.tables;
    this.reach = new Reach(machine, effects);
    this.privateSteps = program.code.map((_, pc) => privateStep(program, effects, pc));
    this.lifeOf = program.types.map((_, type) => effects.numberOf(resource.life(type)));
    this.pointersTo = program.types.map((_, type) => {
      const names = new Set([resource.pointers(type)]);
      return effects.bits({ reads: names, writes: names });
    });
    this.scratch = effects.none();
    this.leaving = program.code.map((_, pc) => this.leavingStep(pc));
  }

  /**
   * @param idle type of the queue if the task is a worker about to take an item, else -1
   * @param awaited another task waits for something that this one holds
   */
  of(task: number, pc: number, idle: number, awaited: boolean): Bits {
    const leaving = awaited ? this.leaving[pc] : null;
    if (leaving !== null && leaving !== undefined) return leaving;
    const whole = at(idle >= 0 ? this.effects.take : this.effects.step, idle >= 0 ? idle : pc);
    if (!conflict(whole, this.outsiders.all)) return whole;
    return this.withoutPointers(idle >= 0 ? whole : this.withoutPrivate(task, pc, whole));
  }

  /**
   * Whether a writer still waits, for other readers, shows in the lock-order edges of a run that ends: with one waiting, a
   * reader that leaves does not commute with others that do.
   */
  private leavingStep(pc: number): Bits | null {
    const { op, args } = at(this.machine.tables.program.code, pc);
    const { lock } = specOf(op);
    if (lock === 'none' || lock.gives !== 'shared') return null;
    const [base, field] = [at(args, 0), at(args, 1)];
    const type = this.effects.effects.pointeeOf(pc, base);
    const bits = at(this.effects.step, pc).slice();
    unite(
      bits,
      this.effects.writing(base < 0 ? resource.static(field) : resource.field(type, field)),
    );
    return bits;
  }

  private withoutPrivate(task: number, pc: number, whole: Bits): Bits {
    const own = this.privateSteps[pc];
    if (own === null || own === undefined) return whole;
    const { machine, outsiders } = this;
    const object = cell(machine.state, cell(machine.localBase, task) + own.local);
    return this.reach.has(object, outsiders.moving, outsiders.all) ? whole : own.effect;
  }

  /** Dropping a pointer frees a slot only if what it points to is dead. */
  private withoutPointers(effect: Bits): Bits {
    const { scratch } = this;
    scratch.set(effect);
    for (let type = 0; type < this.pointersTo.length; type++) {
      if (this.canBeDead(type)) continue;
      const pointers = at(this.pointersTo, type);
      for (let i = 0; i < scratch.length; i++) scratch[i] = cell(scratch, i) & ~cell(pointers, i);
    }
    return scratch;
  }

  private canBeDead(type: number): boolean {
    const { machine, outsiders } = this;
    if (writes(outsiders.all, at(this.lifeOf, type))) return true;
    for (let i = 0; i < machine.zombies; i++)
      if (cell(machine.tables.typeOf, cell(machine.dead, i)) === type) return true;
    return false;
  }
}
