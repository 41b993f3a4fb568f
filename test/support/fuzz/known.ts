/**
 * What the service has answered so far, as values to ask with: ids, digests, cursors, tokens, names. A generated request holds a
 * number in the place of one, so that it stays small and can be generated again; `Vocabulary` puts the value there when the
 * request is sent: mostly one that was seen under the same name, else one that the schema would let pass.
 */
import fc from 'fast-check';

const MOST = 2_000;
const LONGEST = 300;
/** Of ten. */
const BY_NAME = 7;

/** Where a list goes on: the one pair of names that the whole API shares. */
const SEEN_AS: Readonly<Record<string, string>> = { after: 'next' };

interface Fit {
  name: string;
  pattern: string | undefined;
}

export class Known {
  private constructor(
    readonly kind: 'text' | 'number',
    readonly place: number,
    readonly fit: Fit,
  ) {}

  static text(name: string, pattern?: string): fc.Arbitrary<Known> {
    return fc.nat().map((place) => new Known('text', place, { name, pattern }));
  }

  static number(name: string): fc.Arbitrary<Known> {
    return fc.nat().map((place) => new Known('number', place, { name, pattern: undefined }));
  }

  /** As fast-check prints it. */
  toString(): string {
    return `known ${this.kind} ${this.place} for ${this.fit.name}`;
  }
}

type Value = string | number;

export class Vocabulary {
  private readonly seen = new Map<string, Set<Value>>();
  private readonly all = new Set<Value>([0, 1]);

  constructor(words: readonly string[]) {
    for (const word of words) this.all.add(word);
  }

  /** Takes in every value of an answer. */
  learn(answer: unknown, name = ''): void {
    if (typeof answer === 'string' || typeof answer === 'number') this.take(answer, name);
    else if (Array.isArray(answer)) for (const one of answer) this.learn(one, name);
    else if (typeof answer === 'object' && answer !== null)
      for (const [key, one] of Object.entries(answer)) this.learn(one, key);
  }

  /** The same with known values in their places. */
  fill(value: unknown): unknown {
    if (value instanceof Known) return this.valueOf(value);
    if (Array.isArray(value)) return value.map((one) => this.fill(one));
    if (typeof value !== 'object' || value === null) return value;
    // Own, whatever it is called.
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.fill(one)]));
  }

  private take(value: Value, name: string): void {
    if (typeof value === 'string' && value.length > LONGEST) return;
    const named = this.seen.get(name) ?? new Set();
    this.seen.set(name, named);
    if (named.size < MOST) named.add(value);
    if (this.all.size < MOST) this.all.add(value);
  }

  private valueOf({ kind, place, fit }: Known): Value {
    const named = this.seen.get(SEEN_AS[fit.name] ?? fit.name);
    const pool = named !== undefined && place % 10 < BY_NAME ? named : this.all;
    const pattern = new RegExp(fit.pattern ?? '');
    const fitting = [...pool].filter((one) =>
      kind === 'number' ? typeof one === 'number' : pattern.test(String(one)),
    );
    const one = fitting[place % Math.max(fitting.length, 1)] ?? 0;
    return kind === 'number' ? one : String(one);
  }
}
