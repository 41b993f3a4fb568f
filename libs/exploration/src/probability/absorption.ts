/**
 * Probability, from every state of a chain, that the run shows each signature: x = P x + r, solved one strongly connected
 * component after the other, ends first; restart loops are components of more than one state. A component that no run can
 * leave is a livelock, and has its value by definition.
 * Precision: doubles; small components by elimination, larger ones by iteration to a change below 1e-15.
 */
import { componentsOf } from '../search/components.js';
import type { Chain } from './chain.js';
import { cell64, eliminate } from './eliminate.js';

/** Components up to this many states are solved by elimination. */
const DENSE_STATES = 128;
const CHANGE = 1e-15;
const ROUNDS = 200_000;

/** What the runs that stay in a component for ever show. */
export type Endless = (members: readonly number[]) => readonly string[];

export class Absorption {
  readonly signatures: readonly string[];
  private readonly values = new Map<string, Float64Array>();

  /** @param endless signatures of a component that no run leaves */
  constructor(
    private readonly chain: Chain,
    endless: Endless,
  ) {
    const { members } = componentsOf(chain, chain.states);
    const leaving = new Set(chain.exits.map(({ state }) => state));
    const closed = members.flatMap((component) => {
      if (component.some((state) => leaving.has(state)) || this.leaves(component)) return [];
      return [{ component, signatures: endless(component) }];
    });
    const found = [...chain.exits, ...closed].flatMap(({ signatures }) => signatures);
    this.signatures = [...new Set(found)].sort();
    for (const signature of this.signatures) {
      const x = new Float64Array(chain.states);
      for (const { state, probability, signatures } of chain.exits)
        if (signatures.includes(signature)) x[state] = cell64(x, state) + probability;
      const r = x.slice();
      const stuck = new Set(closed.map(({ component }) => component));
      for (const { component, signatures } of closed)
        if (signatures.includes(signature)) for (const state of component) x[state] = 1;
      for (const component of members) if (!stuck.has(component)) this.solve(component, r, x);
      this.values.set(signature, x);
    }
  }

  /** Probability that a run that stands in this state shows the signature; 0 for one that never occurs. */
  at(signature: string, state: number): number {
    return this.values.get(signature)?.[state] ?? 0;
  }

  /** The same at time 0, over the choices of optional tasks. */
  atStart(signature: string): number {
    return this.chain.starts.reduce(
      (sum, { state, probability }) => sum + probability * this.at(signature, state),
      0,
    );
  }

  private leaves(component: readonly number[]): boolean {
    const inside = new Set(component);
    return component.some((state) => this.steps(state).some(({ to }) => !inside.has(to)));
  }

  private steps(state: number): { to: number; p: number }[] {
    const { offsets, targets, weights } = this.chain;
    const steps: { to: number; p: number }[] = [];
    for (let e = offsets[state] ?? 0; e < (offsets[state + 1] ?? 0); e++)
      steps.push({ to: targets[e] ?? 0, p: weights[e] ?? 0 });
    return steps;
  }

  private solve(component: readonly number[], r: Float64Array, x: Float64Array): void {
    if (component.length > DENSE_STATES) this.iterate(component, r, x);
    else if (component.length > 1) this.eliminate(component, r, x);
    else for (const state of component) this.relax(state, r, x);
  }

  /** One state's equation, solved for it. @returns the change */
  private relax(state: number, r: Float64Array, x: Float64Array): number {
    const { offsets, targets, weights } = this.chain;
    let sum = cell64(r, state);
    let stays = 0;
    for (let e = offsets[state] ?? 0; e < (offsets[state + 1] ?? 0); e++) {
      const [to, p] = [targets[e] ?? 0, weights[e] ?? 0];
      if (to === state) stays += p;
      else sum += p * cell64(x, to);
    }
    const value = sum / (1 - stays);
    const change = Math.abs(value - cell64(x, state));
    x[state] = value;
    return change;
  }

  private iterate(component: readonly number[], r: Float64Array, x: Float64Array): void {
    for (let round = 0; round < ROUNDS; round++) {
      let change = 0;
      for (const state of component) change = Math.max(change, this.relax(state, r, x));
      if (change < CHANGE) return;
    }
  }

  private eliminate(component: readonly number[], r: Float64Array, x: Float64Array): void {
    const row = new Map(component.map((state, i) => [state, i]));
    const matrix = component.map((state, i) => {
      const line = new Float64Array(component.length + 1);
      line[i] = 1;
      line[component.length] = cell64(r, state);
      for (const { to, p } of this.steps(state)) {
        const column = row.get(to) ?? component.length;
        const known = column === component.length ? p * cell64(x, to) : -p;
        line[column] = cell64(line, column) + known;
      }
      return line;
    });
    eliminate(matrix).forEach((value, i) => {
      const state = component[i];
      if (state !== undefined) x[state] = value;
    });
  }
}
