/**
 * What a walked run amounts to, by how it ended and the lock-order bits it collected: the counters to add its seed to.
 * Ends are numbered as the memo meets them; the counters of one are looked up when its first run is counted.
 */
import { assert, type Ending, type Machine } from '@lastref/kernel';
import type { SignatureCounter } from '../sampling/totals.js';
import type { EdgeBits } from './edge-bits.js';

/** How a run can end; failed ends are told apart by the failure's number. */
interface End {
  readonly ending: Ending | 'cut';
  readonly failure: number;
  readonly bits: number;
}

export interface Outcome {
  readonly ending: End['ending'];
  readonly counters: readonly SignatureCounter[];
}

export class Outcomes {
  private readonly ends: End[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly outcomes: (Outcome | undefined)[] = [];
  /** Per end: 1 if its runs are clean and nothing is counted by seed; valid once get() was asked for it. */
  quiet = new Uint8Array(64);

  /** @param counter the counter of a signature, created if new */
  constructor(
    private readonly machine: Machine,
    private readonly bits: EdgeBits,
    readonly counter: (signature: string) => SignatureCounter,
  ) {}

  /** Number of an end, from 1; equal ends have one number. */
  endOf(ending: End['ending'], failure: number, bits: number): number {
    const key = `${ending} ${failure} ${bits}`;
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.ends.push({ ending, failure, bits });
      this.numbers.set(key, number);
    }
    return number;
  }

  get(end: number): Outcome {
    return (this.outcomes[end] ??= this.make(end));
  }

  private silence(end: number): void {
    if (end >= this.quiet.length) {
      const grown = new Uint8Array(2 * end);
      grown.set(this.quiet);
      this.quiet = grown;
    }
    this.quiet[end] = 1;
  }

  counterOfFailure(id: number): SignatureCounter {
    return this.counter(this.machine.failure.signatureOf(id));
  }

  /** Forgets the counters, which were replaced. */
  clear(): void {
    this.outcomes.length = 0;
  }

  private make(number: number): Outcome {
    const { machine } = this;
    const end = this.ends[number - 1];
    assert(end !== undefined, `end ${number} was numbered`);
    this.bits.restore(machine, end.bits);
    const signatures = [...machine.edges.reports()];
    if (end.ending === 'failed') signatures.unshift(machine.failure.signatureOf(end.failure));
    if (end.ending === 'clean' && signatures.length === 0) this.silence(number);
    return { ending: end.ending, counters: signatures.map((text) => this.counter(text)) };
  }
}
