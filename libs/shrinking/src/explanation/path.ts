/**
 * A run as a path of the state graph: takes steps by task, says where that led, and writes the schedule down. What was taken once is
 * known to the graph, so runs that differ little cost little.
 */
import { encodeChoice } from '@lastref/exploration';
import { cell } from '@lastref/kernel';
import { MEETS_TARGET, type CostGraph, type Edge } from '../cost-graph.js';

/** A step that a path is to take: of a task, with its fault if one is armed there. */
export interface Move {
  readonly task: number;
  readonly fault: boolean;
  /** The operation that the task is to stand at; any, where it is left out. */
  readonly pc?: number;
}

/** open: it can go on. met: it has met the signature. failed: another failure. ended: nothing can run any more. */
export type Standing = 'open' | 'met' | 'failed' | 'ended';

export class Path {
  private constructor(
    private readonly graph: CostGraph,
    /** The last state that it reached. */
    readonly state: number,
    readonly standing: Standing,
    readonly last: number,
    readonly schedule: string,
    private readonly isMet: (state: number) => boolean,
  ) {}

  /** @param isMet states at which the signature is met by arriving, beside those that the graph knows */
  static from(
    graph: CostGraph,
    starts: readonly boolean[],
    isMet: (state: number) => boolean = () => false,
  ): Path {
    const start = graph.starts.find((one) => one.starts.every((on, i) => on === starts[i]));
    const schedule = starts.map((started) => encodeChoice(started ? 1 : 0)).join('');
    const empty = new Path(graph, start?.state ?? 0, 'open', -1, schedule, isMet);
    return empty.at(empty.state, -1, schedule);
  }

  /** The path one step on; null if the task cannot go. A fault that is not armed is left out. */
  after({ task, fault, pc }: Move): Path | null {
    if (this.standing !== 'open') return null;
    if (pc !== undefined && this.pcOf(task) !== pc) return null;
    const found = this.edgeOf(task, fault);
    return found === null ? null : this.along(found.number, found.edge);
  }

  /** The path along an edge of its state. */
  along(number: number, { task, armed, fault }: Edge): Path {
    const to = this.graph.to(this.state, number);
    const schedule = `${this.schedule}${encodeChoice(task)}${armed ? encodeChoice(fault ? 1 : 0) : ''}`;
    if (to >= 0) return this.at(to, task, schedule);
    const standing = to === MEETS_TARGET ? 'met' : 'failed';
    return new Path(this.graph, this.state, standing, task, schedule, this.isMet);
  }

  /** The operation that the task stands at. */
  pcOf(task: number): number {
    const { graph, state } = this;
    graph.restore(state);
    return cell(graph.machine.state, cell(graph.machine.pcSlot, task));
  }

  private at(state: number, last: number, schedule: string): Path {
    const { begin, end, endsInTarget } = this.graph.expand(state);
    const standing = endsInTarget || this.isMet(state) ? 'met' : begin === end ? 'ended' : 'open';
    return new Path(this.graph, state, standing, last, schedule, this.isMet);
  }

  private edgeOf(task: number, fault: boolean): { number: number; edge: Edge } | null {
    const { begin, end } = this.graph.expand(this.state);
    let found = null;
    for (let number = begin; number < end; number++) {
      const edge = this.graph.edge(number);
      if (edge.task !== task) continue;
      if (edge.fault === fault) return { number, edge };
      if (!edge.fault) found = { number, edge };
    }
    return found;
  }
}

/**
 * Goes on by the steps that remain: at each point the earliest of them whose task can go, so that every task keeps the order of its
 * own. What can go no more when the run stands still is left out.
 */
export function follow(path: Path, moves: readonly Move[]): Path {
  const left = [...moves];
  let on = path;
  while (on.standing === 'open') {
    const next = earliest(on, left);
    if (next === null) return on;
    left.splice(next.index, 1);
    on = next.path;
  }
  return on;
}

function earliest(path: Path, left: readonly Move[]): { index: number; path: Path } | null {
  const stuck = new Set<number>();
  for (const [index, { task, fault }] of left.entries()) {
    if (stuck.has(task)) continue;
    const next = path.after({ task, fault });
    if (next !== null) return { index, path: next };
    stuck.add(task);
  }
  return null;
}
