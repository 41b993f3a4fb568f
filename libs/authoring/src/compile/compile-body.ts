/**
 * Compiles one body to operations: orders them, gives locals their slots, and puts a `zero` on every edge over which a
 * local dies, so that equal futures are equal states. The zeros are local and cost no step.
 */
import type { LocalDecl, OpDecl } from '@lastref/kernel';
import type { BodyBuilder } from '../builder/body-builder.js';
import type { Node } from '../builder/graph.js';
import type { Site } from '../builder/site.js';
import { LocalVar } from '../language/values.js';
import { isBranch } from './branches.js';
import { accesses, liveness } from './liveness.js';
import { EmptyLoop, Marks, type Target } from './marks.js';
import { orderNodes } from './order.js';
import { assignSlots, type Slots } from './slots.js';

export interface CompiledBody {
  readonly entry: number;
  readonly locals: LocalDecl[];
}

/** The operations of a program, and where each was written. */
export interface Code {
  readonly operations: OpDecl[];
  readonly sites: (Site | null)[];
}

/** Locals with given slots, 0 onwards, and when they have a value without an assignment or need one at the end. */
export interface Fixed {
  readonly locals: readonly LocalVar[];
  /** `start`: arguments, zeroed at once where they are not needed; `end`: what a prologue hands over. */
  readonly held: 'start' | 'end' | 'throughout';
}

export function compileBody(builder: BodyBuilder, code: Code, fixed: Fixed): CompiledBody {
  try {
    const marks = new Marks(builder);
    const start = marks.resolve(builder.start);
    const nodes = orderNodes(start, marks);
    const atEnd = fixed.held === 'end' ? fixed.locals : [];
    const slots = assignSlots(nodes, fixed.locals, atEnd, builder.program);
    const emitter = new Emitter(nodes, slots, code, atEnd);
    const given = fixed.held === 'start' ? fixed.locals : [];
    return { entry: emitter.run(builder.start, start, given), locals: slots.decls };
  } catch (error) {
    if (error instanceof EmptyLoop) throw builder.error('a loop without any operation never ends');
    throw error;
  }
}

class Emitter {
  private readonly pcOf = new Map<Node, number>();
  private readonly live: ReadonlyMap<Node, ReadonlySet<number>>;
  private readonly dirty: ReadonlyMap<Node, ReadonlySet<number>>;
  private readonly atEnd: ReadonlySet<number>;
  private readonly zeroed = new Map<string, number>();

  constructor(
    private readonly nodes: readonly Node[],
    private readonly slots: Slots,
    private readonly code: Code,
    atEnd: readonly LocalVar[],
  ) {
    this.live = liveness(nodes, this.slotOf, atEnd).before;
    this.dirty = this.mayBeNonzero();
    this.atEnd = new Set(atEnd.map(this.slotOf));
  }

  /** @param given locals that have a value at the start. @returns the index of the first operation */
  run(from: Node, start: Target, given: readonly LocalVar[]): number {
    for (const node of this.nodes) this.pcOf.set(node, this.push(END, null));
    for (const node of this.nodes) {
      const pc = this.pcOf.get(node) ?? 0;
      this.code.operations[pc] = this.operation(node);
      this.code.sites[pc] = node.site;
    }
    return start === null ? 0 : this.through(from, start, given.map(this.slotOf));
  }

  private readonly slotOf = (local: LocalVar): number => this.slots.of.get(local) ?? -1;

  private push(operation: OpDecl, site: Site | null): number {
    this.code.sites.push(site);
    return this.code.operations.push(operation) - 1;
  }

  private operation(node: Node): OpDecl {
    if (node.op === 'nop') throw new EmptyLoop();
    return {
      op: node.op,
      args: node.args.map((arg) => {
        if (typeof arg === 'number') return arg;
        return arg instanceof LocalVar ? (this.slots.of.get(arg) ?? 0) : arg();
      }),
      next: this.edge(node, node.next),
      ...(isBranch(node) ? { alt: this.edge(node, node.alt) } : {}),
      frame: node.frame,
      ...(node.milestone === undefined ? {} : { milestone: node.milestone }),
      ...(node.fault === undefined ? {} : { fault: node.fault }),
      ...(node.yields === true ? { yields: true as const } : {}),
      ...(node.head === true ? { head: true as const } : {}),
    };
  }

  private edge(from: Node, to: Target): number {
    return from.op === 'work_done'
      ? 0
      : this.through(from, to, [...(this.dirty.get(from) ?? NOTHING)]);
  }

  /** Target of an edge, through zeros for the slots that may hold something and are not needed behind it. */
  private through(from: Node, to: Target, slots: readonly number[]): number {
    const needed = to === null ? this.atEnd : (this.live.get(to) ?? NOTHING);
    let target = to === null ? 0 : (this.pcOf.get(to) ?? 0);
    for (const slot of slots.filter((s) => !needed.has(s)).sort((a, b) => a - b)) {
      const key = `${slot} ${target} ${from.frame}`;
      let pc = this.zeroed.get(key);
      if (pc === undefined) {
        pc = this.push({ op: 'zero', args: [slot], next: target, frame: from.frame }, from.site);
        this.zeroed.set(key, pc);
      }
      target = pc;
    }
    return target;
  }

  /** Slots that may be nonzero behind each operation, given that edges zero the dead ones. */
  private mayBeNonzero(): Map<Node, ReadonlySet<number>> {
    const into = new Map<Node, Set<number>>(this.nodes.map((node) => [node, new Set<number>()]));
    const first = this.nodes[0];
    if (first !== undefined)
      for (const slot of this.live.get(first) ?? []) into.get(first)?.add(slot);
    const out = new Map<Node, ReadonlySet<number>>();
    for (let changed = true; changed;) {
      changed = false;
      for (const node of this.nodes) {
        const set = new Set(into.get(node) ?? []);
        const { writes } = accesses(node);
        for (const local of writes) set.add(this.slotOf(local));
        out.set(node, set);
        for (const next of [node.next, node.alt]) {
          if (next === null) continue;
          const target = into.get(next);
          for (const slot of set)
            if (this.live.get(next)?.has(slot) === true && target?.has(slot) === false) {
              target.add(slot);
              changed = true;
            }
        }
      }
    }
    return out;
  }
}

const NOTHING: ReadonlySet<number> = new Set();
const END: OpDecl = { op: 'end', args: [], next: 0, frame: -1 };
