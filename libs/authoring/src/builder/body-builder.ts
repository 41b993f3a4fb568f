/**
 * Emits one body: keeps the open exits that the next operation continues, the stack of inlined functions, and the
 * labels waiting for the next step. Every mistake it finds names the place by its call trace.
 */
import { specOf, type OpName } from '@lastref/kernel';
import type { AnyStruct } from '../language/struct.js';
import { LocalVar } from '../language/values.js';
import { BuildError } from './build-error.js';
import type { Arg, Cond, Exit, Node } from './graph.js';
import type { ProgramBuilder } from './program-builder.js';

export class BodyBuilder {
  readonly start: Node;
  frame: number;
  private exits: Exit[];
  private serial = 0;
  private unused: Cond | null = null;
  private milestones: string[] = [];
  private yields = false;

  constructor(
    readonly program: ProgramBuilder,
    readonly name: string,
  ) {
    this.frame = program.frame(name, '-', true, -1);
    this.start = { op: 'nop', args: [], frame: this.frame, keeps: [], next: null, alt: null };
    this.exits = [{ node: this.start, which: 'next' }];
  }

  get reachable(): boolean {
    return this.exits.length > 0;
  }

  error(message: string): BuildError {
    return new BuildError(`${this.program.address}: ${this.program.trace(this.frame)}: ${message}`);
  }

  local(name: string, type: AnyStruct | null, max = 1): LocalVar {
    if (type !== null) this.program.type(type);
    return new LocalVar(name, this, type, max);
  }

  /** Checks that a local belongs to this body: a handle of another task's is no variable here. */
  own(local: LocalVar): LocalVar {
    if (local.body !== this)
      throw this.error(`local '${local.name}' is not declared in this task; load it here instead`);
    return local;
  }

  /** Appends an operation after the open exits. */
  emit(
    op: OpName | 'nop',
    args: readonly Arg[],
    options: { fault?: string; keeps?: readonly LocalVar[] } = {},
  ): Node {
    if (this.unused !== null && this.unused.serial === this.serial)
      throw this.error(
        'a condition was made and not used: pass it to f.if, f.unless or f.while at once',
      );
    for (const arg of args) if (arg instanceof LocalVar) this.own(arg);
    const node: Node = {
      op,
      args,
      frame: this.frame,
      keeps: options.keeps ?? [],
      next: null,
      alt: null,
    };
    if (op !== 'nop' && specOf(op).local !== true) this.label(node);
    if (options.fault !== undefined) {
      const fault = this.program.fault(options.fault);
      if (fault !== undefined) node.fault = fault;
    }
    this.join(this.exits, node);
    this.exits = [{ node, which: 'next' }];
    this.serial++;
    return node;
  }

  /** Appends an operation with two exits. @param must the condition is meaningless unless used */
  branch(op: OpName, args: readonly Arg[], must = false): Cond {
    const node = this.emit(op, args);
    this.exits = [
      { node, which: 'next' },
      { node, which: 'alt' },
    ];
    const cond = {
      holds: [{ node, which: 'next' }],
      fails: [{ node, which: 'alt' }],
      serial: this.serial,
    } as const;
    if (must) this.unused = cond;
    return cond;
  }

  /** Takes over a condition: control continues from neither of its exits until continueFrom(). */
  use(cond: Cond): void {
    if (cond.serial !== this.serial)
      throw this.error(
        'this condition was made earlier: something was emitted since, make it where it is used',
      );
    this.unused = null;
    this.exits = [];
    this.serial++;
  }

  /** A condition made of exits gathered elsewhere; control stands at all of them. */
  condition(holds: readonly Exit[], fails: readonly Exit[]): Cond {
    this.exits = [...holds, ...fails];
    this.serial++;
    return { holds, fails, serial: this.serial };
  }

  continueFrom(exits: readonly Exit[]): void {
    this.exits = [...exits];
    this.serial++;
  }

  takeExits(): Exit[] {
    const exits = this.exits;
    this.exits = [];
    this.serial++;
    return exits;
  }

  /** Control jumps to a node that exists. */
  jumpTo(node: Node): void {
    this.join(this.takeExits(), node);
  }

  milestone(name: string): void {
    this.milestones.push(name);
  }

  yieldPoint(): void {
    this.yields = true;
  }

  /** Ends the body; labels that no step followed are mistakes. */
  finish(): void {
    if (this.milestones.length > 0)
      throw this.error(
        `label '${this.milestones.join("', '")}' stands on no step: none follows it`,
      );
  }

  private label(node: Node): void {
    for (const name of this.milestones) {
      const milestone = this.program.milestone(name);
      if (milestone === undefined) continue;
      if (node.milestone !== undefined)
        throw this.error(`two labels of the case stand on one step`);
      node.milestone = milestone;
    }
    this.milestones = [];
    if (this.yields) node.yields = true;
    this.yields = false;
  }

  private join(exits: readonly Exit[], node: Node): void {
    for (const exit of exits) exit.node[exit.which] = node;
  }
}
