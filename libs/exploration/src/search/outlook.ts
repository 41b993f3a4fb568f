/**
 * What can still come of each state behind some first ones: the failure that is asked about, something else, or both. Searched
 * forward within a budget, then told backward; a state from which the search did not come to an end is not known.
 */
import type { Outlook } from '@lastref/kernel';
import { GrowingInts } from '../growing.js';
import type { GraphVisitor, StateGraph } from './graph.js';

/** Bits kept per state. */
const FAILS = 1;
const PASSES = 2;
const OPEN = 4;

export class Outlooks {
  private readonly order: number[] = [];
  private readonly bits = new Map<number, number>();
  private readonly from = new GrowingInts();
  private readonly to = new GrowingInts();

  /** @param isTarget states in which the failure counts as reached although no step fails */
  constructor(
    private readonly graph: StateGraph,
    starts: readonly number[],
    private readonly signature: string | undefined,
    isTarget: (state: number) => boolean,
    maxStates: number,
  ) {
    for (const start of starts) this.meet(start);
    const visitor = this.visitor();
    for (let i = 0; i < this.order.length; i++) {
      const state = this.order[i] ?? 0;
      if (isTarget(state)) this.mark(state, FAILS);
      if (this.order.length > maxStates) this.mark(state, OPEN);
      else graph.expand(state, visitor);
    }
    this.tellBackward();
  }

  get searched(): number {
    return this.order.length;
  }

  of(state: number): Outlook {
    const bits = this.bits.get(state) ?? OPEN;
    return {
      fails: (bits & FAILS) !== 0,
      passes: (bits & PASSES) !== 0,
      known: (bits & OPEN) === 0,
    };
  }

  private meet(state: number): void {
    if (this.bits.has(state)) return;
    this.bits.set(state, 0);
    this.order.push(state);
  }

  private mark(state: number, bits: number): void {
    this.bits.set(state, (this.bits.get(state) ?? 0) | bits);
  }

  private visitor(): GraphVisitor {
    const { machine } = this.graph;
    const failed = (state: number): void => {
      const { signature = machine.failure.signature() } = this;
      this.mark(state, machine.failure.signature() === signature ? FAILS : PASSES);
    };
    return {
      edge: (from, _task, _fault, to) => {
        this.meet(to);
        this.from.push(from);
        this.to.push(to);
      },
      failure: failed,
      end: (state, ending) => {
        if (ending === 'failed') failed(state);
        else this.mark(state, PASSES);
      },
    };
  }

  /** What holds of a state holds of those before it. */
  private tellBackward(): void {
    const before = new Map<number, number[]>();
    const [from, to] = [this.from.data, this.to.data];
    for (let edge = 0; edge < this.from.length; edge++) {
      const target = to[edge] ?? 0;
      const known = before.get(target);
      if (known === undefined) before.set(target, [from[edge] ?? 0]);
      else known.push(from[edge] ?? 0);
    }
    const stack = this.order.filter((state) => this.bits.get(state) !== 0);
    for (let state = stack.pop(); state !== undefined; state = stack.pop()) {
      const bits = this.bits.get(state) ?? 0;
      for (const source of before.get(state) ?? []) {
        const had = this.bits.get(source) ?? 0;
        if ((had | bits) === had) continue;
        this.bits.set(source, had | bits);
        stack.push(source);
      }
    }
  }
}
