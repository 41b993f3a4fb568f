/**
 * What a walked run amounts to, by how it ended and the lock-order bits it collected: the counters to add its seed to.
 * Looked up for every run, so a hash table over two words; filled by asking the machine once per distinct outcome.
 */
import type { Ending, Machine } from '@lastref/kernel';
import type { SignatureCounter } from '../sampling/totals.js';
import type { EdgeBits } from './edge-bits.js';

const { imul } = Math;

/** How a run can end; failed ends are told apart by the failure's number. */
export interface End {
  readonly ending: Ending | 'cut';
  readonly failure: number;
}

export interface Outcome {
  readonly ending: End['ending'];
  readonly counters: readonly SignatureCounter[];
}

export class Outcomes {
  /** Cut is the first end. */
  private readonly ends: End[] = [{ ending: 'cut', failure: -1 }];
  private readonly outcomes: Outcome[] = [];
  /** Triples [end + 1, bits, outcome]. */
  private table = new Int32Array(3 * 64);

  /** @param counter the counter of a signature, created if new */
  constructor(
    private readonly machine: Machine,
    private readonly bits: EdgeBits,
    readonly counter: (signature: string) => SignatureCounter,
  ) {}

  /** Number of an end; equal ends have one number. */
  endOf(ending: End['ending'], failure: number): number {
    const known = this.ends.findIndex((end) => end.ending === ending && end.failure === failure);
    return known >= 0 ? known : this.ends.push({ ending, failure }) - 1;
  }

  /** The outcome of a run that ended so and made these edges. */
  get(end: number, bits: number): Outcome {
    const slots = this.table.length / 3;
    let slot = (imul(bits ^ imul(end, 0x85ebca6b), 0x9e3779b1) >>> 8) & (slots - 1);
    for (; this.table[slot * 3] !== 0; slot = (slot + 1) & (slots - 1)) {
      if (this.table[slot * 3] !== end + 1 || this.table[slot * 3 + 1] !== bits) continue;
      const found = this.outcomes[this.table[slot * 3 + 2] ?? 0];
      if (found !== undefined) return found;
    }
    const made = this.make(end, bits);
    this.table.set([end + 1, bits, this.outcomes.push(made) - 1], slot * 3);
    if (this.outcomes.length * 2 > slots) this.grow();
    return made;
  }

  counterOfFailure(id: number): SignatureCounter {
    return this.counter(this.machine.failure.signatureOf(id));
  }

  /** Forgets the counters, which were replaced. */
  clear(): void {
    this.outcomes.length = 0;
    this.table.fill(0);
  }

  private make(number: number, bits: number): Outcome {
    const { machine } = this;
    const end = this.ends[number] ?? { ending: 'cut', failure: -1 };
    this.bits.restore(machine, bits);
    const signatures = [...machine.edges.reports()];
    if (end.ending === 'failed') signatures.unshift(machine.failure.signatureOf(end.failure));
    return { ending: end.ending, counters: signatures.map((text) => this.counter(text)) };
  }

  private grow(): void {
    const old = this.table;
    this.table = new Int32Array(old.length * 2);
    const slots = this.table.length / 3;
    for (let i = 0; i < old.length; i += 3) {
      const end = (old[i] ?? 0) - 1;
      const bits = old[i + 1] ?? 0;
      if (end < 0) continue;
      let slot = (imul(bits ^ imul(end, 0x85ebca6b), 0x9e3779b1) >>> 8) & (slots - 1);
      while (this.table[slot * 3] !== 0) slot = (slot + 1) & (slots - 1);
      this.table.set([end + 1, bits, old[i + 2] ?? 0], slot * 3);
    }
  }
}
