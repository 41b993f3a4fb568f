/** Labels only name steps: wherever they stand, a program fails in the same ways as without them, and what they name is reached. */
import { BuildError, flag, mutex, statics, task, type FunctionBuilder } from '@lastref/authoring';
import { prove } from '@lastref/exploration';
import { LIMITS, type Program } from '@lastref/kernel';
import fc from 'fast-check';
import { tiny } from '../support/tiny.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 100);
const { x, y, lock } = statics({ x: flag(), y: flag(), lock: mutex() });

type Word = 'set' | 'clear' | 'lock' | 'check' | 'label' | 'user';
type Piece =
  | { readonly word: Word }
  | { readonly around: 'if' | 'else' | 'while'; readonly inside: readonly Piece[] };

const word: fc.Arbitrary<Piece> = fc
  .constantFrom<Word>('set', 'clear', 'lock', 'check', 'label', 'label', 'user')
  .map((w) => ({ word: w }));
const piece: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 2, arbitrary: word },
  {
    weight: 1,
    arbitrary: fc.record({
      around: fc.constantFrom('if' as const, 'else' as const, 'while' as const),
      inside: fc.array(word, { maxLength: 3 }),
    }),
  },
);
const pieces = fc.array(piece, { minLength: 1, maxLength: 5 });

/** Writes the pieces; labels get numbers in the order they are written. */
class Writer {
  readonly names: string[] = [];

  constructor(private readonly labelled: boolean) {}

  write(f: FunctionBuilder, list: readonly Piece[]): void {
    for (const one of list)
      if ('word' in one) this.word(f, one.word);
      else {
        const inside = (): void => {
          this.write(f, one.inside);
        };
        if (one.around === 'while') f.while(() => f.test_bit(y), inside);
        else if (one.around === 'if') f.if(f.test_bit(x), inside);
        else f.unless(f.test_bit(x), inside);
      }
  }

  private word(f: FunctionBuilder, which: Word): void {
    switch (which) {
      case 'set':
        f.set_bit(x);
        return;
      case 'clear':
        f.clear_bit(y);
        return;
      case 'lock':
        f.mutex_lock(lock);
        f.set_bit(y);
        f.mutex_unlock(lock);
        return;
      case 'check':
        f.invariant('y', f.load(y));
        return;
      case 'label':
        if (this.labelled) f.milestone(this.name());
        return;
      case 'user':
        if (this.labelled) f.return_to_user();
    }
  }

  private name(): string {
    const name = `label ${this.names.length}`;
    this.names.push(name);
    return name;
  }
}

/** The program, and the labels that were written. */
function build(
  tasks: readonly (readonly Piece[])[],
  labelled: boolean,
  reaches: readonly string[] = [],
): { program: Program; names: readonly string[] } {
  const writer = new Writer(labelled);
  const program = tiny({
    tasks: tasks.map((list, i) =>
      task(`t${i}`, (f) => {
        f.load(x);
        writer.write(f, list);
        f.load(y);
      }),
    ),
    reaches,
  });
  return { program, names: writer.names };
}

const said = (program: Program): unknown => {
  const { complete, failures, idleTasks } = prove(program, { maxStates: 50_000 });
  return complete ? { failures, idleTasks } : 'too large';
};

it('a program with labels anywhere fails as it does without', () => {
  let compared = 0;
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 2, maxLength: 2 }), (tasks) => {
      try {
        const { names } = build(tasks, true);
        const labelled = build(tasks, true, names.slice(0, LIMITS.milestones));
        expect(said(labelled.program)).toEqual(said(build(tasks, false).program));
        compared++;
      } catch (error) {
        // Two labels may stand on one step.
        if (!(error instanceof BuildError)) throw error;
        expect(error.message).toContain('stand on one step');
      }
    }),
    { numRuns: RUNS },
  );
  expect(compared).toBeGreaterThan(RUNS / 4);
});
