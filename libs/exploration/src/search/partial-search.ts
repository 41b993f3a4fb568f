/**
 * The part of a state graph behind some states, within a budget: which ends and failures can be reached from each, and in
 * which components runs stay for ever. States that the budget left unexpanded count as ways out that are not known.
 */
import type { GraphVisitor, StateGraph } from './graph.js';
import { bottomComponents } from './livelock.js';

/** What can be reached from a state. */
export interface Reach {
  /** Steps to the nearest end or failure; null if none is reached. */
  readonly steps: number | null;
  readonly failures: readonly string[];
  /** Components that no run leaves, as states of the graph. */
  readonly bottoms: readonly (readonly number[])[];
  /** All of it was searched. */
  readonly complete: boolean;
}

export class PartialSearch {
  private readonly states: number[] = [];
  private readonly placeOf = new Map<number, number>();
  private readonly offsets: number[] = [];
  private readonly targets: number[] = [];
  private readonly leaves = new Set<number>();
  private readonly unexpanded = new Set<number>();
  private readonly failures = new Map<number, Set<string>>();
  private components: readonly (readonly number[])[] | null = null;

  constructor(
    private readonly graph: StateGraph,
    starts: readonly number[],
    maxStates: number,
  ) {
    for (const start of starts) this.place(start);
    const visitor = this.visitor();
    for (let i = 0; i < this.states.length; i++) {
      this.offsets.push(this.targets.length);
      if (this.states.length > maxStates) this.unexpanded.add(i);
      else graph.expand(this.states[i] ?? 0, visitor);
    }
    this.offsets.push(this.targets.length);
  }

  /** Components that no run leaves, as states of the graph. */
  bottoms(): readonly (readonly number[])[] {
    return this.closed().map((places) => this.named(places));
  }

  reach(start: number): Reach {
    const from = this.place(start);
    const seen = new Set([from]);
    let steps: number | null = null;
    let complete = true;
    const failures = new Set<string>();
    let layer = [from];
    for (let depth = 0; layer.length > 0; depth++) {
      const next: number[] = [];
      for (const place of layer) {
        if (this.leaves.has(place)) steps ??= depth;
        if (this.unexpanded.has(place)) complete = false;
        for (const signature of this.failures.get(place) ?? []) failures.add(signature);
        const end = this.offsets[place + 1] ?? 0;
        for (let e = this.offsets[place] ?? 0; e < end; e++) {
          const to = this.targets[e] ?? 0;
          if (seen.has(to)) continue;
          seen.add(to);
          next.push(to);
        }
      }
      layer = next;
    }
    const bottoms = this.closed().filter(([first]) => first !== undefined && seen.has(first));
    return {
      steps,
      failures: [...failures].sort(),
      bottoms: bottoms.map((places) => this.named(places)),
      complete,
    };
  }

  private closed(): readonly (readonly number[])[] {
    const { offsets, targets, states } = this;
    const leaves = new Set([...this.leaves, ...this.unexpanded]);
    this.components ??= bottomComponents({ offsets, targets, leaves }, states.length);
    return this.components;
  }

  private named(places: readonly number[]): number[] {
    return places.map((place) => this.states[place] ?? 0);
  }

  private place(state: number): number {
    let place = this.placeOf.get(state);
    if (place === undefined) {
      place = this.states.push(state) - 1;
      this.placeOf.set(state, place);
    }
    return place;
  }

  private visitor(): GraphVisitor {
    const { machine } = this.graph;
    const failed = (state: number): void => {
      const place = this.place(state);
      this.leaves.add(place);
      const known = this.failures.get(place) ?? new Set();
      this.failures.set(place, known.add(machine.failure.signature()));
    };
    return {
      edge: (_from, _task, _fault, to) => {
        this.targets.push(this.place(to));
      },
      failure: failed,
      end: (state, ending) => {
        if (ending === 'failed') failed(state);
        else this.leaves.add(this.place(state));
      },
    };
  }
}
