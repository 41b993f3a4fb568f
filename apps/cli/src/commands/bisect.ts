/**
 * `lastref bisect`: which of a scenario's switches make each of its bugs, which mend it, and which bugs have one cause. Every answer is
 * by exhaustive search; what a budget ended is said to be open.
 */
import {
  bisect as bisection,
  Lattice,
  rootCauses,
  type Bisection,
  type Question,
  type Searched,
} from '@lastref/judging';
import { matchesBug, parseBug } from '@lastref/exploration';
import { switchesOf } from '@lastref/scenarios';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, isOfCase, ok, refusal, refused, type Outcome, type Result } from '../outcome.js';
import { isFile, type NamedProgram } from '../programs/resolve-program.js';
import { searchableOf } from '../programs/searchable-of.js';
import { bisectText } from '../text/bisect-text.js';

export interface BisectOptions {
  /** Sets of switches that may be tried for each bug, once from none on and once from the variant. */
  readonly maxSets: number;
  readonly maxStates: number;
}

export async function bisect(
  reference: string,
  signature: string | undefined,
  options: BisectOptions,
  io: Io,
): Promise<Outcome> {
  if (isFile(reference))
    return refusal(
      EXIT.usage,
      'a program file has no switches: name a scenario that comes with Lastref',
    );
  const cases = searchableOf(reference);
  if (!cases.ok) return cases.refusal;
  const searches = new Searches(options.maxStates, io);
  const bugs = await bugsOf(cases.value, signature, searches);
  if (!bugs.ok) return bugs.refusal;
  const found: Bisection[] = [];
  const lattices = new Map<string, Lattice>();
  io.progress.begin(bugs.value.length, 'bugs');
  for (const bug of bugs.value) {
    const { address } = bug;
    const lattice = lattices.get(address) ?? new Lattice(address);
    lattices.set(address, lattice);
    const { on } = switchesOf(address);
    const one = await answered(bisection(lattice, bug.signature, on, options.maxSets), searches);
    if (!one.ok) {
      io.progress.end();
      return one.refusal;
    }
    found.push(one.value);
    io.progress.update(found.length);
  }
  io.progress.end();
  const { all } = switchesOf(cases.value[0]?.address ?? reference);
  const json = {
    switches: all,
    bugs: found,
    rootCauses: rootCauses(found),
    searched: searches.count,
  };
  return answer(EXIT.ok, json, bisectText(json));
}

interface Bug {
  readonly address: string;
  readonly signature: string;
}

/** Every failure of the cases, or those that the text names. */
async function bugsOf(
  cases: readonly NamedProgram[],
  asked: string | undefined,
  searches: Searches,
): Promise<Result<readonly Bug[]>> {
  const pattern = asked === undefined ? null : parseBug(asked);
  const all: Bug[] = [];
  for (const { address, program } of cases) {
    const found = await searches.of({ program, behaviour: address });
    if (!found.ok) return found;
    for (const signature of found.value?.failures ?? []) all.push({ address, signature });
  }
  const wanted = all.filter(
    ({ signature }) =>
      asked === undefined ||
      signature === asked ||
      (pattern !== null && matchesBug(pattern, signature)),
  );
  if (wanted.length > 0) return ok(wanted);
  if (all.length === 0)
    return refused(EXIT.usage, 'no run of these cases fails: nothing to bisect');
  const known = [...new Set(all.map(({ signature }) => signature))].join(', ');
  return refused(EXIT.usage, `no run of these cases shows ${asked ?? ''}; they show ${known}`);
}

async function answered(
  asking: Generator<Question, Bisection, Searched | null | undefined>,
  searches: Searches,
): Promise<Result<Bisection>> {
  for (let next = asking.next(); ;) {
    if (next.done === true) return ok(next.value);
    const found = await searches.of(next.value);
    if (!found.ok) return found;
    next = asking.next(found.value);
  }
}

/** Searches each behaviour once. */
class Searches {
  private readonly known = new Map<string, Searched | null>();

  constructor(
    private readonly maxStates: number,
    private readonly io: Io,
  ) {}

  get count(): number {
    return this.known.size;
  }

  /** Null for a program that goes past a bound of its own. */
  async of({ program, behaviour }: Question): Promise<Result<Searched | null>> {
    const known = this.known.get(behaviour);
    if (known !== undefined) return ok(known);
    const { engine, signal } = this.io;
    const found = await engine.prove(program, { maxStates: this.maxStates, reduce: true }, signal);
    if (!found.ok && !isOfCase(found.refusal)) return found;
    const searched = found.ok ? found.value : null;
    this.known.set(behaviour, searched);
    return ok(searched);
  }
}
