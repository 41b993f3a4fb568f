/**
 * Two ways in which a run is made another by one change, and what becomes of the signature. An order is exchanged: what must come
 * behind the first step waits until the second was taken. A preemption is removed: the task that was left goes on as long as it
 * can. Either way the steps that remain keep the order of each task's own: at each point the earliest of them whose task can go.
 */
import type { CostGraph } from '../cost-graph.js';
import type { Pair, RunOrder } from './adjacent-pairs.js';
import type { BlockedOrder } from './blocked-orders.js';
import type { Need } from './explanation.js';
import type { Outlook } from './outlook.js';
import { follow, type Move, Path } from './path.js';

export interface Changed {
  readonly need: Need;
  /** The path right behind the change; null where it cannot be made. */
  readonly behind: Path | null;
}

export class Exchange {
  constructor(
    private readonly graph: CostGraph,
    private readonly start: Path,
    private readonly moves: readonly Move[],
    private readonly outlook: Outlook | null,
  ) {}

  /** The path up to before the second step, with the first and what follows from it left out; null if that cannot be run. */
  before({ first, second }: Pair, order: RunOrder): Path | null {
    let path: Path | null = this.start;
    for (let n = 0; n < second && path !== null; n++) {
      const move = this.moves[n];
      if (move !== undefined && (n < first || !order.follows(n, first))) path = path.after(move);
    }
    return path;
  }

  /** The task that waits in the end for what the step took goes first, where it can. */
  blocked({ first, task, pc }: BlockedOrder, order: RunOrder): Changed {
    const { moves } = this;
    const end = moves.length;
    const before = this.before({ first, second: end }, order)?.after({ task, pc, fault: false });
    if (before === undefined || before === null) return CANNOT;
    return this.judge(
      before,
      moves.filter((_, n) => order.follows(n, first)),
    );
  }

  order(pair: Pair, order: RunOrder): Changed {
    const { moves } = this;
    const [first, second] = [moves[pair.first], moves[pair.second]];
    const before = this.before(pair, order);
    if (before === null || first === undefined || second === undefined) return CANNOT;
    const exchanged = before.after(second);
    if (exchanged === null) return CANNOT;
    const behind = exchanged.after(first) ?? exchanged;
    const held = moves.slice(pair.first + 1, pair.second).filter((_, i) => {
      const n = pair.first + 1 + i;
      return order.follows(n, pair.first);
    });
    return this.judge(behind, [...held, ...moves.slice(pair.second + 1)]);
  }

  /** @param at index of the step that preempts */
  preemption(at: number): Changed {
    const { moves } = this;
    const left = moves[at - 1]?.task ?? -1;
    let path = this.start;
    for (const move of moves.slice(0, at)) path = path.after(move) ?? path;
    const own = moves.slice(at).filter(({ task }) => task === left);
    let taken = 0;
    for (let n = 0; n < OWN_STEPS_MAX && !this.mayLeave(path, left); n++) {
      const on = path.after(own[taken] ?? { task: left, fault: false });
      if (on === null) break;
      path = on;
      taken++;
    }
    if (taken === 0) return CANNOT;
    let skipped = 0;
    const rest = moves.slice(at).filter(({ task }) => task !== left || skipped++ >= taken);
    return this.judge(path, rest);
  }

  /** A switch away from the task is free here: it cannot go, or stands at a yield point. */
  private mayLeave(path: Path, task: number): boolean {
    if (path.standing !== 'open') return true;
    const { enabled, yielding } = this.graph.expand(path.state);
    return (enabled & (1 << task)) === 0 || (yielding & (1 << task)) !== 0;
  }

  private judge(behind: Path, rest: readonly Move[]): Changed {
    if (follow(behind, rest).standing === 'met') return { need: 'free', behind };
    if (behind.standing !== 'open') return { need: 'needed', behind };
    if (this.outlook === null) return { need: 'unknown', behind };
    return { need: this.outlook.meets(behind.state) ? 'here' : 'needed', behind };
  }
}

/** Steps that the task which was left may take before the rest goes on. */
const OWN_STEPS_MAX = 1_000;

const CANNOT: Changed = { need: 'fixed', behind: null };
