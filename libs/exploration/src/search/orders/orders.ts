/**
 * In which orders a program's milestones occur, and with what verdict: one exhaustive search, and beside each state the orders
 * in which its milestones can have been reached. An order occurs if some run that comes to an end reaches all of them in it; a
 * step that fails counts as reaching its label, as the access that crashes is often what the label stands on. Runs that end
 * before they reach all are told apart. Where the budget ends the search, what was met is true, and nothing never occurs.
 */
import { addressOf, at, cell, programDigest, type Program } from '@lastref/kernel';
import { GrowingInts } from '../../growing.js';
import { Pulse, type Budget } from '../budget.js';
import { judgeEndless } from '../endless.js';
import { StateGraph, type GraphVisitor } from '../graph.js';
import { allCanLeave, bottomComponents, loopHeads, type Successors } from '../livelock.js';
import { DEFAULT_MAX_STATES } from '../prove.js';
import { ORDERED_MAX, OrderSets } from './order-sets.js';
import { reachedOrders } from './reached-orders.js';

/** How runs end: clean, or with these failures. */
export interface Endings {
  readonly clean: boolean;
  /** Signatures, sorted. */
  readonly failures: readonly string[];
}

export interface OrderRow extends Endings {
  /** Milestones, first to last. */
  readonly order: readonly string[];
  readonly occurs: boolean;
}

export interface OrderTable {
  readonly ok: true;
  readonly program: string;
  readonly address: string;
  readonly milestones: readonly string[];
  /** false: the budget ended the search; that an order was not met says nothing. */
  readonly complete: boolean;
  readonly states: number;
  readonly transitions: number;
  /** Every order, lexicographically by the order of `milestones`. */
  readonly orders: readonly OrderRow[];
  /** Runs that end before they have reached all. */
  readonly early: Endings;
}

export type OrdersResult = OrderTable | { readonly ok: false; readonly message: string };

export interface OrdersOptions extends Budget {
  /** Milestones of the case; all of them unless named. */
  readonly milestones?: readonly string[];
}

export function orders(program: Program, options: OrdersOptions = {}): OrdersResult {
  const milestones = options.milestones ?? program.milestones;
  const message = refusal(program, milestones);
  if (message !== null) return { ok: false, message };
  return new OrderSearch(program, milestones, options).run();
}

function refusal(program: Program, milestones: readonly string[]): string | null {
  const named = program.milestones.join(', ');
  const has =
    named === '' ? 'the case names no milestones' : `the milestones of the case are: ${named}`;
  const unknown = milestones.find((name) => !program.milestones.includes(name));
  if (unknown !== undefined) return `no milestone '${unknown}'; ${has}`;
  if (new Set(milestones).size < milestones.length) return `a milestone is named twice; ${has}`;
  if (milestones.length >= 2 && milestones.length <= ORDERED_MAX) return null;
  return `orders are those of 2 to ${ORDERED_MAX} milestones, not of ${milestones.length}; ${has}`;
}

const CLEAN = -1;

class OrderSearch {
  private readonly graph: StateGraph;
  private readonly sets: OrderSets;
  private readonly numbers: readonly number[];
  private readonly slots: readonly number[];
  private readonly offsets = new GrowingInts();
  private readonly targets = new GrowingInts();
  private readonly leaves = new Set<number>();
  /** How runs end: per ending the state, the set reached by the last step, and the failure. */
  private readonly endings = new GrowingInts();
  private readonly signatures: string[] = [];
  private readonly maxStates: number;
  private readonly maxBytes: number;
  private readonly pulse: Pulse;

  constructor(
    private readonly program: Program,
    private readonly milestones: readonly string[],
    { maxStates = DEFAULT_MAX_STATES, maxBytes = Infinity, pulse }: Budget,
  ) {
    this.maxStates = maxStates;
    this.maxBytes = maxBytes;
    this.pulse = new Pulse(pulse);
    this.graph = new StateGraph(program);
    this.sets = new OrderSets(milestones.length);
    this.numbers = milestones.map((name) => program.milestones.indexOf(name));
    const { layout } = this.graph.machine.tables;
    this.slots = this.numbers.map((number) => at(layout.milestones, number));
  }

  run(): OrderTable {
    const { graph } = this;
    const visitor = this.visitor();
    let expanded = 0;
    for (; expanded < graph.store.count && this.hasRoom(); expanded++) {
      this.offsets.push(this.targets.length);
      graph.expand(expanded, visitor);
      this.pulse.expanded();
    }
    this.pulse.tell();
    this.offsets.push(this.targets.length);
    const complete = expanded === graph.store.count;
    if (complete) this.judgeEndlessRuns();
    return this.table(complete);
  }

  private hasRoom(): boolean {
    const { store } = this.graph;
    if (store.count > this.maxStates) return false;
    if (this.maxBytes === Infinity) return true;
    const { targets, offsets, endings } = this;
    return store.bytes + targets.bytes + offsets.bytes + endings.bytes <= this.maxBytes;
  }

  private visitor(): GraphVisitor {
    const { machine } = this.graph;
    return {
      edge: (_from, _task, _fault, to) => {
        this.targets.push(to);
      },
      failure: (from) => {
        this.leaves.add(from);
        const { milestone } = at(this.program.code, machine.pc);
        const last = milestone === undefined ? -1 : this.numbers.indexOf(milestone);
        this.ends(from, last < 0 ? 0 : 1 << last, machine.failure.signature());
      },
      end: (state, ending) => {
        this.leaves.add(state);
        if (ending === 'clean') this.ends(state, 0, null);
        if (ending === 'failed') this.ends(state, 0, machine.failure.signature());
      },
    };
  }

  private ends(state: number, last: number, signature: string | null): void {
    this.endings.push(state);
    this.endings.push(last);
    this.endings.push(signature === null ? CLEAN : this.numberOf(signature));
  }

  private numberOf(signature: string): number {
    const known = this.signatures.indexOf(signature);
    return known >= 0 ? known : this.signatures.push(signature) - 1;
  }

  private judgeEndlessRuns(): void {
    const { graph, program } = this;
    const successors = this.successors();
    if (allCanLeave(successors, graph.store.count)) return;
    const heads = loopHeads(program);
    for (const members of bottomComponents(successors, graph.store.count)) {
      const endless = judgeEndless(graph.machine, members, heads, (state) => {
        graph.restore(state);
      });
      const state = at(members, 0);
      if (endless.kind === 'livelock') this.ends(state, 0, endless.signature);
      if (endless.kind === 'poller') this.ends(state, 0, null);
    }
  }

  private successors(): Successors {
    return { offsets: this.offsets.data, targets: this.targets.data, leaves: this.leaves };
  }

  /** The set of milestones that each state has reached. */
  private reached(): Uint8Array {
    const { graph, slots } = this;
    return Uint8Array.from({ length: graph.store.count }, (_, state) => {
      graph.restore(state);
      return slots.reduce(
        (set, slot, i) => (cell(graph.machine.state, slot) === 0 ? set : set | (1 << i)),
        0,
      );
    });
  }

  private table(complete: boolean): OrderTable {
    const { graph, sets, milestones, program, endings } = this;
    const reached = this.reached();
    const starts = graph.starts.map(({ state }) => state);
    const masks = reachedOrders(sets, this.successors(), reached, starts);
    const early = new Ends();
    const rows = sets.of(sets.all).map(() => new Ends());
    for (let i = 0; i < endings.length; i += 3) {
      const state = endings.get(i);
      const failure = endings.get(i + 2);
      const signature = failure === CLEAN ? null : at(this.signatures, failure);
      const set = at(reached, state);
      const last = endings.get(i + 1) & ~set;
      const mask =
        last === 0
          ? cell(masks, state)
          : sets.behind(set, cell(masks, state), 31 - Math.clz32(last));
      if ((set | last) !== sets.all) early.add(signature);
      else
        rows.forEach((row, number) => {
          if ((mask & (1 << number)) !== 0) row.add(signature);
        });
    }
    // Where the search did not end, nor may the runs have that reached them all.
    const met = complete
      ? 0
      : masks.reduce((all, mask, state) => (reached[state] === sets.all ? all | mask : all), 0);
    return {
      ok: true,
      program: programDigest(program),
      address: addressOf(program),
      milestones,
      complete,
      states: graph.store.count,
      transitions: graph.transitions,
      orders: sets.of(sets.all).map((order, row) => {
        const ends = at(rows, row).endings();
        const occurs = ends.clean || ends.failures.length > 0 || (met & (1 << row)) !== 0;
        return { order: order.map((item) => at(milestones, item)), occurs, ...ends };
      }),
      early: early.endings(),
    };
  }
}

class Ends {
  private clean = false;
  private readonly failures = new Set<string>();

  add(signature: string | null): void {
    if (signature === null) this.clean = true;
    else this.failures.add(signature);
  }

  endings(): Endings {
    return { clean: this.clean, failures: [...this.failures].sort() };
  }
}
