/**
 * The lattice of one case: what any set of the scenario's switches makes of it. A set is built once, and programs that differ in
 * names only are searched once, whichever variant they are reached from.
 */
import { canonicalJson, sha256Hex, type Program } from '@lastref/kernel';
import { compileAddressWith } from '@lastref/scenarios';

/** What a search of one program says, as far as a bisection asks. */
export interface Searched {
  readonly complete: boolean;
  readonly failures: readonly string[];
  /** Milestones that no run reaches: nothing fails there because nothing happens there. */
  readonly missed: readonly string[];
}

/** A set of switches of the case. */
export interface Built {
  readonly asked: readonly string[];
  /** Null: the case cannot be built so. */
  readonly program: Program | null;
  /** The same for programs that behave alike. */
  readonly behaviour: string;
}

export class Lattice {
  private readonly built = new Map<string, Built>();

  constructor(readonly address: string) {}

  at(switches: readonly string[]): Built {
    const key = [...switches].sort().join(' ');
    let built = this.built.get(key);
    if (built === undefined) {
      const { made, asked } = compileAddressWith(this.address, switches);
      built = made.ok
        ? { asked, program: made.program, behaviour: behaviourOf(made.program) }
        : { asked, program: null, behaviour: '' };
      this.built.set(key, built);
    }
    return built;
  }
}

/** Digest of all of a program but its names. */
export const behaviourOf = (program: Program): string =>
  sha256Hex(canonicalJson({ ...program, variant: '', case: '', title: '' }));
