/**
 * Puts labels onto steps. A label belongs to the path it stands on: the next step there bears it. Where that step is also
 * reached by other paths (behind a branch, at the head of a loop, in the caller), this path gets a copy of it, and of the
 * local operations before: a step of its own that costs nothing, as the path takes it anyway. A milestone whose path ends
 * without a step is an error. Resolves labels and other nops on the way.
 */
import { specOf } from '@lastref/kernel';
import type { BodyBuilder } from '../builder/body-builder.js';
import type { Mark, Node } from '../builder/graph.js';
import { isBranch } from './branches.js';

/** null is the end of the body. */
export type Target = Node | null;

/** A loop without any operation in it. */
export class EmptyLoop extends Error {}

export class Marks {
  /** Copies made, by node and by the labels they bear. */
  private readonly copies = new Map<Node, Map<string, Node>>();
  private readonly numbers = new Map<Mark, number>();

  constructor(private readonly body: BodyBuilder) {}

  /** The first operation at or behind a target, on the path that comes from here. A loop head's mark moves to it. */
  resolve(target: Target, marks: readonly Mark[] = []): Target {
    const seen = new Set<Node>();
    const found = [...marks];
    let node = target;
    let head = false;
    while (node?.op === 'nop') {
      if (seen.has(node)) throw new EmptyLoop();
      seen.add(node);
      head ||= node.head === true;
      if (node.mark !== undefined && !found.includes(node.mark)) found.push(node.mark);
      node = node.next;
    }
    for (const mark of found) this.checkPath(node, mark);
    const borne = found.filter(isBorne);
    if (node !== null && borne.length > 0) node = this.copy(node, borne);
    if (node !== null && head) node.head = true;
    return node;
  }

  private copy(node: Node, marks: readonly Mark[]): Node {
    const key = marks.map((mark) => this.number(mark)).join(' ');
    const known = this.copies.get(node) ?? new Map<string, Node>();
    this.copies.set(node, known);
    let copy = known.get(key);
    if (copy !== undefined) return copy;
    known.set(key, (copy = { ...node }));
    if (isStep(node)) for (const mark of marks) this.bear(copy, mark);
    else {
      copy.next = this.resolve(node.next, marks);
      if (isBranch(node)) copy.alt = this.resolve(node.alt, marks);
    }
    return copy;
  }

  private bear(step: Node, { milestone, yields, name, frame, site }: Mark): void {
    if (yields) step.yields = true;
    if (milestone === undefined) return;
    if (step.op === 'stay')
      throw this.body.error(
        `label '${name}' stands on f.stay, which takes no step: put it on the step before`,
        frame,
        site,
      );
    if (step.milestone !== undefined && step.milestone !== milestone)
      throw this.body.error(
        `label '${name}' and another label of the case stand on one step`,
        frame,
        site,
      );
    step.milestone = milestone;
  }

  /** A milestone that some path leads past without a step would not be reached there. */
  private checkPath(start: Target, { name, yields, frame, site }: Mark): void {
    if (yields) return;
    const seen = new Set<Node>();
    const open: Target[] = [start];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node === null)
        throw this.body.error(
          `label '${name}' stands on no step: its path ends without one; put it on the last step`,
          frame,
          site,
        );
      if (seen.has(node) || (node.op !== 'nop' && isStep(node))) continue;
      seen.add(node);
      open.push(node.next);
      if (isBranch(node)) open.push(node.alt);
    }
  }

  private number(mark: Mark): number {
    const known = this.numbers.get(mark);
    if (known !== undefined) return known;
    this.numbers.set(mark, this.numbers.size);
    return this.numbers.size - 1;
  }
}

const isBorne = ({ milestone, yields }: Mark): boolean => milestone !== undefined || yields;
const isStep = ({ op }: Node): boolean => op !== 'nop' && specOf(op).local !== true;
