/**
 * A program's effects (kernel's Effects) as bit sets: the resources read, then those written, as many words each. What
 * a reduction compares at every state.
 */
import { at, Effects, type Effect, type Program } from '@lastref/kernel';
import { setBit, unite, type Bits } from './bits.js';
import { entryOfWork, fused } from './code-walk.js';
import { sourcesOf } from './sources.js';

export class EffectBits {
  readonly effects: Effects;
  /** Words of one half. */
  readonly words: number;
  /** Per operation, by itself. */
  readonly op: readonly Bits[];
  /** Per operation, where it cannot do its work but fails. */
  readonly failing: readonly Bits[];
  /** Per operation, with the local operations behind it: one step. */
  readonly step: readonly Bits[];
  /** Per source of items (sources.ts): who is idle takes one, as a step. */
  readonly take: readonly Bits[];
  /** Per source: work functions that may begin then. */
  readonly begins: readonly (readonly number[])[];
  private readonly numbers = new Map<string, number>();

  constructor(readonly program: Program) {
    this.effects = new Effects(program);
    const { of } = this.effects;
    const taken = sourcesOf(program).map((source) =>
      source.of === 'queue' ? this.effects.taking(source.type) : this.effects.firing(source.work),
    );
    for (const { reads, writes } of [...of, ...taken])
      for (const name of [...reads, ...writes])
        if (!this.numbers.has(name)) this.numbers.set(name, this.numbers.size);
    this.words = Math.max(1, Math.ceil(this.numbers.size / 32));
    this.op = of.map((effect) => this.bits(effect));
    this.failing = of.map((_, pc) => this.bits(this.effects.failing(pc)));
    this.step = of.map((_, pc) => this.stepFrom(pc));
    this.begins = sourcesOf(program).map((source) =>
      source.of === 'queue'
        ? (this.effects.worksOf[source.type] ?? [])
        : source.runs
          ? [source.work]
          : [],
    );
    this.take = taken.map((effect, source) => {
      const bits = this.bits(effect);
      for (const work of at(this.begins, source))
        unite(bits, this.locals(entryOfWork(program, work)));
      return bits;
    });
  }

  /** -1 for a resource that no operation touches. */
  numberOf(name: string): number {
    return this.numbers.get(name) ?? -1;
  }

  none(): Bits {
    return new Int32Array(this.words * 2);
  }

  bits(effect: Effect): Bits {
    const bits = this.none();
    for (const name of effect.reads) setBit(bits, this.numberOf(name), 0);
    for (const name of effect.writes) setBit(bits, this.numberOf(name), this.words);
    return bits;
  }

  /** The effect of writing the resources. */
  writing(...names: readonly string[]): Bits {
    return this.bits({ reads: new Set(), writes: new Set(names) });
  }

  private stepFrom(pc: number): Bits {
    const bits = at(this.op, pc).slice();
    const { next, alt } = at(this.program.code, pc);
    unite(bits, this.locals(next));
    if (alt !== undefined) unite(bits, this.locals(alt));
    return bits;
  }

  /** The local operations from `pc` on. */
  private locals(pc: number): Bits {
    const bits = this.none();
    for (const local of fused(this.program, pc).locals) unite(bits, at(this.op, local));
    return bits;
  }
}
