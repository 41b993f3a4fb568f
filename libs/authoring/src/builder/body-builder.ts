/**
 * Emits one body: keeps the open exits that the next operation continues, the stack of inlined functions, and the condition
 * that waits to be used. Every mistake it finds names the place by its call trace and the author's line.
 */
import { LIMITS, type OpName } from '@lastref/kernel';
import type { Argument } from '../language/argument.js';
import type { AnyStruct } from '../language/struct.js';
import { LocalVar } from '../language/values.js';
import { BuildError } from './build-error.js';
import { Cond, type Arg, type Exit, type Mark, type Node } from './graph.js';
import type { ProgramBuilder } from './program-builder.js';
import { inBrackets, Site, type SourceText } from './site.js';

/** A condition that was made and not used yet. */
interface Unused {
  readonly what: string;
  readonly frame: number;
  readonly site: Site;
}

/** Past what any program may have, so that building ends where the author's code would not. */
const MOST_EMITTED = 4 * LIMITS.operations;

export class BodyBuilder {
  readonly start: Node;
  frame: number;
  /** Where a front end says that it stands; null: operations stand where the author's code calls for them. */
  at: SourceText | null = null;
  /** The local that hands an argument over, if some task takes it; null: this is not the prologue. */
  passes: ((argument: Argument) => LocalVar | undefined) | null = null;
  /** Exits that a front end keeps. */
  readonly open = new Set<object>();
  private exits: Exit[];
  private serial = 0;
  private emitted = 0;
  private unused: Unused | null = null;
  /** What control left by where none is left: `a return`. */
  private left = 'a return';

  constructor(
    readonly program: ProgramBuilder,
    readonly name: string,
  ) {
    this.frame = program.frame({ name, file: '-', primitive: true }, -1);
    this.start = this.node('nop', [], {});
    this.exits = [{ node: this.start, which: 'next' }];
  }

  get reachable(): boolean {
    return this.exits.length > 0;
  }

  error(message: string, frame = this.frame, site: Site = this.site()): BuildError {
    const { address } = this.program;
    return new BuildError(
      `${address}: ${this.program.trace(frame)}: ${message}${inBrackets(site)}`,
    );
  }

  site(): Site {
    return new Site(this.at);
  }

  local(name: string, type: AnyStruct | null, max = 1, min = 0): LocalVar {
    if (type !== null) this.program.type(type);
    return new LocalVar(name, this, type, max, min);
  }

  /** Checks that a local belongs to this body: a handle of another task's is no variable here. */
  own(local: LocalVar): LocalVar {
    if (local.body !== this)
      throw this.error(
        `local '${local.name}' is not declared in this task; load it here, or hand it over by f.pass`,
      );
    return local;
  }

  /** Checks that what is written next can happen: control comes here, and no condition waits to be used. */
  ready(): void {
    this.settled();
    if (!this.reachable) throw this.error(`this is never reached: it stands behind ${this.left}`);
  }

  /** Drops the condition that waits: its program will not be compiled. */
  drop(): void {
    this.unused = null;
  }

  /** Checks that no condition waits to be used. */
  settled(): void {
    const { unused } = this;
    if (unused === null) return;
    throw this.error(
      `a condition was made and not used: pass ${unused.what} to f.if, f.unless, f.while, f.and, f.or or f.not at once, or to f.ignore; JavaScript's if, !, && and || see an object, which is always true`,
      unused.frame,
      unused.site,
    );
  }

  /** Appends an operation after the open exits. */
  emit(
    op: OpName | 'nop',
    args: readonly Arg[],
    options: { fault?: string; keeps?: readonly LocalVar[]; mark?: Mark } = {},
  ): Node {
    this.ready();
    this.emitted++;
    if (this.emitted > MOST_EMITTED)
      throw this.error(
        `more than ${MOST_EMITTED} operations in one task: a loop of JavaScript builds its body again and again; loops of the run are f.while`,
      );
    for (const arg of args) if (arg instanceof LocalVar) this.own(arg);
    const node = this.node(op, args, options);
    if (options.fault !== undefined) {
      const fault = this.program.fault(options.fault);
      if (fault !== undefined) node.fault = fault;
    }
    this.join(this.exits, node);
    this.exits = [{ node, which: 'next' }];
    this.serial++;
    return node;
  }

  /** Appends an operation with two exits: the condition has to be used before anything else happens. */
  branch(op: OpName, args: readonly Arg[]): Cond {
    const node = this.emit(op, args);
    return this.made(op, [{ node, which: 'next' }], [{ node, which: 'alt' }], node);
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
    this.settled();
    return this.made('it', holds, fails, { frame: this.frame, site: this.site() });
  }

  continueFrom(exits: readonly Exit[]): void {
    this.exits = [...exits];
    this.serial++;
  }

  takeExits(): Exit[] {
    this.settled();
    const { exits } = this;
    this.exits = [];
    this.serial++;
    return exits;
  }

  /** Control leaves by `how`, to where the caller will put the exits. */
  leave(how: string): Exit[] {
    this.ready();
    this.left = how;
    return this.takeExits();
  }

  /** A node that control comes to from here, if it comes here, and from other exits. */
  landing(others: readonly Exit[]): Node {
    this.settled();
    const node = this.node('nop', [], {});
    this.join([...this.exits, ...others], node);
    this.continueFrom([{ node, which: 'next' }]);
    return node;
  }

  join(exits: readonly Exit[], node: Node): void {
    for (const exit of exits) exit.node[exit.which] = node;
  }

  /** To be called when the code is complete. */
  finish(): void {
    this.settled();
    if (this.open.size > 0)
      throw this.error('control left by exits that were taken and never continued from');
  }

  milestone(name: string): void {
    this.mark(name, { milestone: this.program.milestone(name), yields: false });
  }

  yieldPoint(): void {
    this.mark('return to user', { yields: true });
  }

  private mark(name: string, what: Pick<Mark, 'milestone' | 'yields'>): void {
    const mark = { name, ...what, frame: this.frame, site: this.site() };
    this.emit('nop', [], { mark });
  }

  private made(
    what: string,
    holds: readonly Exit[],
    fails: readonly Exit[],
    { frame, site }: Pick<Node, 'frame' | 'site'>,
  ): Cond {
    this.exits = [...holds, ...fails];
    this.serial++;
    this.unused = { what, frame, site };
    return new Cond(holds, fails, this.serial);
  }

  private node(
    op: OpName | 'nop',
    args: readonly Arg[],
    { keeps = [], mark }: { keeps?: readonly LocalVar[]; mark?: Mark },
  ): Node {
    return {
      op,
      args,
      frame: this.frame,
      site: this.site(),
      keeps,
      next: null,
      alt: null,
      ...(mark === undefined ? {} : { mark }),
    };
  }
}
