/**
 * Compiles one body to operations: orders them, gives locals their slots, and puts a `zero` on every edge over which a
 * local dies, so that equal futures are equal states. The zeros are local and cost no step.
 */
import type { LocalDecl, OpDecl } from '@lastref/kernel';
import type { BodyBuilder } from '../builder/body-builder.js';
import type { Node } from '../builder/graph.js';
import { LocalVar } from '../language/values.js';
import { accesses, liveness } from './liveness.js';
import { EmptyLoop, isBranch, orderNodes, resolve, type Target } from './order.js';
import { assignSlots, type Slots } from './slots.js';

export interface CompiledBody {
  readonly entry: number;
  readonly locals: LocalDecl[];
}

/** Appends the body's operations to `code`. @param fixed locals with given slots: a work function's object */
export function compileBody(
  builder: BodyBuilder,
  code: OpDecl[],
  fixed: readonly LocalVar[],
): CompiledBody {
  try {
    const start = resolve(builder.start);
    const nodes = orderNodes(start);
    const slots = assignSlots(nodes, fixed, builder.program);
    const emitter = new Emitter(nodes, slots, code);
    return { entry: emitter.run(start), locals: slots.decls };
  } catch (error) {
    if (error instanceof EmptyLoop) throw builder.error('a loop without any operation never ends');
    throw error;
  }
}

class Emitter {
  private readonly pcOf = new Map<Node, number>();
  private readonly live: ReadonlyMap<Node, ReadonlySet<number>>;
  private readonly dirty: ReadonlyMap<Node, ReadonlySet<number>>;
  private readonly zeroed = new Map<string, number>();

  constructor(
    private readonly nodes: readonly Node[],
    private readonly slots: Slots,
    private readonly code: OpDecl[],
  ) {
    const slotOf = (local: LocalVar): number => slots.of.get(local) ?? -1;
    this.live = liveness(nodes, slotOf).before;
    this.dirty = this.mayBeNonzero(slotOf);
  }

  /** @returns the index of the first operation */
  run(start: Target): number {
    for (const node of this.nodes) this.pcOf.set(node, this.code.push(END) - 1);
    for (const node of this.nodes) {
      const pc = this.pcOf.get(node) ?? 0;
      this.code[pc] = this.operation(node);
    }
    return start === null ? 0 : (this.pcOf.get(start) ?? 0);
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

  /** Target of an edge, through zeros for the slots that may hold something and are not needed behind it. */
  private edge(from: Node, to: Target): number {
    if (from.op === 'work_done') return 0;
    const needed = to === null ? NOTHING : (this.live.get(to) ?? NOTHING);
    const dead = [...(this.dirty.get(from) ?? NOTHING)].filter((slot) => !needed.has(slot));
    let target = to === null ? 0 : (this.pcOf.get(to) ?? 0);
    for (const slot of dead.sort((a, b) => a - b)) {
      const key = `${slot} ${target} ${from.frame}`;
      let pc = this.zeroed.get(key);
      if (pc === undefined) {
        pc = this.code.push({ op: 'zero', args: [slot], next: target, frame: from.frame }) - 1;
        this.zeroed.set(key, pc);
      }
      target = pc;
    }
    return target;
  }

  /** Slots that may be nonzero behind each operation, given that edges zero the dead ones. */
  private mayBeNonzero(slotOf: (local: LocalVar) => number): Map<Node, ReadonlySet<number>> {
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
        if (writes !== null) set.add(slotOf(writes));
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
