/**
 * The door for front ends: programs that turn another language into functions of a scenario. Beside the calls of
 * FunctionBuilder it gives exits to keep and to continue from, loop heads, locals without an assignment, and source
 * positions: operations built after `at` stand there instead of where the front end's own code runs.
 * Authors have no need of it. The same checks hold: a condition is used, and nothing stands where control never comes.
 */
import type { AnyStruct } from '../language/struct.js';
import { Int, makeRef, type Ref } from '../language/values.js';
import type { BodyBuilder } from './body-builder.js';
import type { BuildError } from './build-error.js';
import type { Cond, Exit, Node } from './graph.js';
import type { SourceText } from './site.js';

/** Under this name a function's builder has its body. */
export const BODY = Symbol('body');

/** Ways that control left by and that lead nowhere yet: to be continued once, in the task they are of. */
export class Exits {
  constructor(
    private readonly body: BodyBuilder,
    private readonly list: readonly Exit[],
  ) {
    if (list.length > 0) body.open.add(this);
  }

  get none(): boolean {
    return this.list.length === 0;
  }

  /** Takes the exits to continue from them. */
  take(body: BodyBuilder): readonly Exit[] {
    if (body !== this.body) throw body.error('these exits belong to another task');
    if (!this.none && !body.open.delete(this))
      throw body.error('these exits lead somewhere already');
    return this.list;
  }
}

/** A place that control can come back to. */
export class Head {
  constructor(readonly node: Node) {}
}

export class LowLevel {
  constructor(private readonly body: BodyBuilder) {}

  /** Whether control comes here; nothing can be built where it does not. */
  get reachable(): boolean {
    return this.body.reachable;
  }

  /** Where the operations built from now on stand; null: where the calls are written. */
  at(position: SourceText | null): void {
    this.body.at = position;
  }

  /** A mistake at the present position, with the call trace. */
  error(message: string): BuildError {
    return this.body.error(message);
  }

  /** An integer local from `min` to `max`, 0 until it is set; costs no operation. */
  int(name: string, max: number, min = 0): Int {
    return new Int(this.body.local(name, null, max, min));
  }

  /** A pointer local, NULL until it is set; costs no operation. */
  pointer<S extends AnyStruct>(name: string, struct: S): Ref<S> {
    const local = this.body.local(name, struct);
    return makeRef(local, struct, this.body.program.fields(struct));
  }

  /** Control leaves from here; nothing is reached until continueFrom(). */
  takeExits(): Exits {
    return this.exits(this.body.takeExits());
  }

  /** Control goes on from all of these, and from nowhere else. */
  continueFrom(...exits: readonly Exits[]): void {
    this.body.settled();
    this.body.continueFrom(this.flat(exits));
  }

  /** Uses a condition: where control is when it holds, and where when it fails. */
  split(condition: Cond): { readonly holds: Exits; readonly fails: Exits } {
    this.body.use(condition);
    return { holds: this.exits(condition.holds), fails: this.exits(condition.fails) };
  }

  /** A condition out of exits, to be used at once like any other. */
  condition(holds: readonly Exits[], fails: readonly Exits[]): Cond {
    return this.body.condition(this.flat(holds), this.flat(fails));
  }

  /** After a mistake that was told: a condition that waits is dropped, so that what follows can be looked at as well. */
  drop(): void {
    this.body.drop();
  }

  /** A place to come back to; control is at it. */
  head(): Head {
    this.body.ready();
    return new Head(this.body.landing([]));
  }

  /** Control goes back to the head of a loop. */
  jumpTo({ node }: Head): void {
    node.head = true;
    this.body.join(this.body.leave('a jump'), node);
  }

  private exits(list: readonly Exit[]): Exits {
    return new Exits(this.body, list);
  }

  private flat(exits: readonly Exits[]): Exit[] {
    return exits.flatMap((some) => [...some.take(this.body)]);
  }
}

/** The low-level door of a function that is being built. */
export const lowLevel = (f: { readonly [BODY]: BodyBuilder }): LowLevel => new LowLevel(f[BODY]);
