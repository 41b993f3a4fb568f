/**
 * The arguments of a case: a local of the prologue for each that some task takes, and for each task which of them goes
 * into which of its own locals. Tasks that share a body share its code if they take arguments of the same types.
 */
import type { BodyBuilder } from '../builder/body-builder.js';
import { BuildError } from '../builder/build-error.js';
import { inBrackets } from '../builder/site.js';
import type { Argument } from '../language/argument.js';
import type { CaseSpec, TaskSpec } from '../language/scenario.js';
import type { AnyStruct } from '../language/struct.js';
import { Int, makeRef, type LocalVar, type Ref } from '../language/values.js';

export class Arguments {
  /** What some task takes, in order of first mention. */
  private readonly taken: readonly Argument[];
  private readonly passed = new Set<LocalVar>();
  private readonly locals = new Map<Argument, LocalVar>();

  constructor(
    private readonly address: string,
    private readonly spec: CaseSpec,
  ) {
    this.taken = [...new Set(spec.tasks.flatMap(({ args }) => args ?? []))];
  }

  /** Declares the prologue's locals. */
  declare(body: BodyBuilder): LocalVar[] {
    for (const argument of this.taken) this.locals.set(argument, localFor(body, argument));
    body.passes = (argument) => {
      const local = this.locals.get(argument);
      if (local !== undefined) this.passed.add(local);
      return local;
    };
    return [...this.locals.values()];
  }

  /** Declares a task's locals. */
  localsOf(body: BodyBuilder, { args }: TaskSpec): LocalVar[] {
    return (args ?? []).map((argument) => localFor(body, argument));
  }

  /** What the task's body is called with. */
  handles(body: BodyBuilder, { args }: TaskSpec, locals: readonly LocalVar[]): (Int | Ref)[] {
    return (args ?? []).flatMap(({ struct }, i) => {
      const local = locals[i];
      if (local === undefined) return [];
      return [struct === null ? new Int(local) : refTo(body, local, struct)];
    });
  }

  /** Pairs [local of the task, local of the prologue]. */
  pairs(task: TaskSpec): [number, number][] {
    return (task.args ?? []).map((argument, i) => {
      const local = this.locals.get(argument);
      if (local === undefined || !this.passed.has(local)) throw this.missing(task, argument);
      return [i, this.taken.indexOf(argument)];
    });
  }

  private missing({ name, site }: TaskSpec, argument: Argument): BuildError {
    const why =
      this.spec.given === undefined
        ? 'the case has no prologue (given) that passes it'
        : 'the prologue, given, never calls f.pass with it';
    return new BuildError(
      `${this.address}: task '${name}' takes '${argument.name}': ${why}${inBrackets(site)}`,
    );
  }
}

/** What tasks have to agree in to share the code of their body. */
export const shapeOf = (args: readonly Argument[] = []): readonly (AnyStruct | number)[] =>
  args.map(({ struct, max }) => struct ?? max);

const localFor = (body: BodyBuilder, { name, struct, max }: Argument): LocalVar =>
  body.local(name, struct, max);

const refTo = (body: BodyBuilder, local: LocalVar, struct: AnyStruct): Ref =>
  makeRef(local, struct, body.program.fields(struct));
