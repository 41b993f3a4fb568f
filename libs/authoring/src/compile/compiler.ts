/**
 * Builds one case: the bodies, then the work functions they reach, then the declarations all of them used. The result is
 * validated; a program that would be refused is a BuildError here.
 */
import {
  AssertionError,
  FORMAT,
  parseProgram,
  SEMANTICS,
  type BodyDecl,
  type FieldDecl,
  type Program,
  type TaskDecl,
} from '@lastref/kernel';
import { BodyBuilder } from '../builder/body-builder.js';
import { BuildError, didYouMean } from '../builder/build-error.js';
import { FunctionBuilder } from '../builder/function-builder.js';
import type { ProgramBuilder } from '../builder/program-builder.js';
import { both, Site } from '../builder/site.js';
import { primitive } from '../language/fn.js';
import type { Body, TaskBody, TaskSpec } from '../language/scenario.js';
import { isWorkqueue, type AnyStruct } from '../language/struct.js';
import { makeRef } from '../language/values.js';
import type { Resolved } from './addresses.js';
import { Arguments, shapeOf } from './arguments.js';
import { compileBody, type Code, type Fixed } from './compile-body.js';
import { DEFAULT_FAULT_BUDGET, DEFAULT_MAX_STEPS } from './defaults.js';
import { explain } from './explain.js';
import { withLargestResults } from './results.js';

/** Every other run of a random walk sends the signal. */
const SIGNAL_WEIGHT = 32_768;

/** A body that is compiled already. */
interface Known {
  readonly build: TaskBody;
  readonly shape: readonly unknown[];
  readonly index: number;
  readonly interrupts: boolean;
}

export class Compiler {
  private readonly code: Code = {
    operations: [{ op: 'end', args: [], next: 0, frame: -1 }],
    sites: [null],
  };
  private readonly bodies: BodyDecl[] = [];
  private readonly known: Known[] = [];
  /** Per operation. */
  private readonly bodyOfOps: number[] = [-1];
  private readonly works: { name: string; body: number }[] = [];
  private readonly args: Arguments;

  constructor(
    private readonly builder: ProgramBuilder,
    private readonly address: Resolved,
  ) {
    this.args = new Arguments(builder.address, address.caseSpec);
  }

  get sites(): Code['sites'] {
    return this.code.sites;
  }

  run(): Program {
    const { builder } = this;
    const program = this.build();
    const parsed = parseProgram(program);
    if (parsed.ok) return parsed.program;
    const { tasks } = this.address.caseSpec;
    const told = parsed.errors.map((problem) =>
      explain(problem, { program, builder, tasks, sites: this.sites }),
    );
    throw new BuildError(`${builder.address}: ${told.join('; ')}`);
  }

  private build(): Program {
    const { builder } = this;
    const { caseSpec: spec, spec: variant } = this.address;
    this.checkNames(spec.tasks);
    const given = spec.given === undefined ? -1 : this.prologue(spec.given);
    const tasks = spec.tasks.map((task) => this.task(task));
    tasks.push(...this.signals());
    const types = this.declareTypes();
    builder.checkLabels();
    const program: Program = {
      format: FORMAT,
      semantics: SEMANTICS,
      scenario: builder.scenario.name,
      variant: this.address.variant,
      case: this.address.case,
      title: `${variant.title}: ${spec.title}`,
      maxSteps: spec.maxSteps ?? DEFAULT_MAX_STEPS,
      types,
      statics: builder.statics.list.map((place) => ({
        ...builder.fieldDecl(place.field, place.spec, null),
        ...builder.statics.partOf(place),
      })),
      tables: builder.tables.list.map((t) => ({
        name: t.name,
        ...builder.tables.partOf(t),
        type: builder.type(t.struct),
        entries: builder.size(t),
      })),
      modules: builder.modules.list.map((module) => ({
        name: module.name,
        ...builder.modules.partOf(module),
        max: builder.size(module),
      })),
      registries: builder.registries.list.map((registry) => ({
        name: registry.name,
        ...builder.registries.partOf(registry),
        entries: builder.size(registry),
      })),
      functions: builder.functions,
      frames: builder.frames,
      bodies: this.bodies,
      works: this.works,
      tasks,
      given,
      milestones: builder.milestones,
      order: (spec.order ?? []).map(([a, b]): [number, number] => [
        builder.milestones.indexOf(a),
        builder.milestones.indexOf(b),
      ]),
      reaches: (spec.reaches ?? []).map((name) => builder.milestones.indexOf(name)),
      faults: {
        budget: spec.faults === undefined ? 0 : (spec.faults.budget ?? DEFAULT_FAULT_BUDGET),
        points: builder.faultPoints.map((name) => ({
          name,
          weight: spec.faults?.points[name] ?? 0,
        })),
      },
      parked: (spec.parked ?? []).map((queue) => builder.type(queue)),
      ...(spec.reuse === undefined ? {} : { reuse: spec.reuse }),
      ...(spec.timeouts === undefined ? {} : { timeouts: spec.timeouts }),
      ...(spec.detect === undefined ? {} : { detect: spec.detect }),
      ...(builder.checks.length === 0 ? {} : { checks: builder.checks }),
      code: this.code.operations,
    };
    return { ...program, bodies: withLargestResults(program, this.bodyOfOps) };
  }

  /** Reports and schedules name tasks: two of one name could not be told apart. */
  private checkNames(tasks: readonly TaskSpec[]): void {
    tasks.forEach(({ name, site }, i) => {
      const first = tasks.slice(0, i).find((other) => other.name === name);
      if (first !== undefined)
        throw this.builder.names.twice(
          `two tasks are called '${name}'`,
          both('one', first.site, 'one', site),
        );
    });
  }

  private prologue(build: Body): number {
    return this.body('given', 'end', (body) => {
      const locals = this.args.declare(body);
      return { locals, fill: build };
    });
  }

  private task(task: TaskSpec): TaskDecl {
    const shape = shapeOf(task.args);
    const args = this.args.pairs(task);
    let index = this.known.find(
      (other) =>
        other.build === task.body &&
        other.interrupts === (task.on !== undefined) &&
        other.shape.length === shape.length &&
        other.shape.every((item, i) => item === shape[i]),
    )?.index;
    if (index === undefined) {
      index = this.body(task.name, 'start', (body) => {
        const locals = this.args.localsOf(body, task);
        const handles = this.args.handles(body, task, locals);
        const fill = (f: FunctionBuilder): void => {
          task.body(f, ...(handles as never[]));
        };
        return { locals, fill: task.on === undefined ? fill : interrupt(body, task.name, fill) };
      });
      const interrupts = task.on !== undefined;
      this.known.push({ build: task.body, shape, index, interrupts });
    }
    return {
      name: task.name,
      body: index,
      ...(task.optional === undefined ? {} : { optional: task.optional }),
      ...(task.after === undefined ? {} : { after: this.builder.milestones.indexOf(task.after) }),
      ...(task.context === undefined ? {} : { context: task.context }),
      ...(task.on === undefined ? {} : { on: this.taskCalled(task.on, `'${task.name}' interrupts`) }),
      ...(args.length === 0 ? {} : { args }),
    };
  }

  /** Number of a task of the case. @param what names it */
  private taskCalled(name: string, what: string): number {
    const names = this.address.caseSpec.tasks.map((task) => task.name);
    const index = names.indexOf(name);
    if (index < 0)
      throw new BuildError(
        `${this.builder.address}: ${what} '${name}', which is no task of the case${didYouMean(name, names)}`,
      );
    return index;
  }

  /** A task per signal that the case arms. */
  private signals(): TaskDecl[] {
    return Object.entries(this.address.caseSpec.signals ?? {}).map(([name, kind]) => {
      const index = this.taskCalled(name, "'signals' names");
      const title = `${kind} ${name}`;
      const body = this.body(title, 'start', (made) => ({
        locals: [],
        fill: () => made.emit('send_signal', [index, 0, kind === 'kill' ? 1 : 0]),
      }));
      return { name: title, body, optional: SIGNAL_WEIGHT };
    });
  }

  private body(
    name: string,
    held: Fixed['held'],
    prepare: (body: BodyBuilder) => Pick<Fixed, 'locals'> & { readonly fill: Body },
  ): number {
    const body = new BodyBuilder(this.builder, name);
    const { locals, fill } = prepare(body);
    const f = new FunctionBuilder(body, { local: null, exits: [] });
    this.author(body, () => {
      fill(f);
    });
    f.end();
    body.finish();
    const compiled = compileBody(body, this.code, { locals, held });
    if (compiled.entry === 0) throw body.error('the task does nothing');
    while (this.bodyOfOps.length < this.code.operations.length)
      this.bodyOfOps.push(this.bodies.length);
    return this.bodies.push({ name, ...compiled }) - 1;
  }

  /** Runs the author's code: what it throws is a mistake of this case, told with the call trace. */
  private author(body: BodyBuilder, code: () => void): void {
    try {
      code();
    } catch (error) {
      if (error instanceof BuildError || error instanceof AssertionError) throw error;
      if (!(error instanceof Error)) throw error;
      throw body.error(error.message, body.frame, new Site(null, error));
    }
  }

  /** Declares the types in order of first use. Fields bring further types and work functions, those more code: to a fixpoint. */
  private declareTypes(): Program['types'] {
    const { builder } = this;
    const fields = (struct: AnyStruct): FieldDecl[] =>
      builder.fields(struct).map(([name, field]) => builder.fieldDecl(name, field, struct));
    for (let size = -1; size !== builder.declared;) {
      size = builder.declared;
      for (const struct of builder.types) fields(struct);
      this.buildWorks();
    }
    return builder.types.map((struct) => ({
      name: struct.tag,
      ...builder.partOf(struct),
      kind: isWorkqueue(struct) ? 'workqueue' : 'struct',
      count: builder.count(struct),
      ...(struct.max_active === undefined || struct.max_active === 1
        ? {}
        : { workers: struct.max_active }),
      fields: fields(struct),
    }));
  }

  private buildWorks(): void {
    const { builder } = this;
    for (let w = this.works.length; w < builder.works.length; w++) {
      const work = builder.works[w];
      if (work === undefined) break;
      const { fn, owner, context, kind } = work;
      const by = kind === 'work' || kind === 'delayed_work' ? 'kworker' : kind;
      this.works.push({ name: fn.name, body: -1 });
      const body = this.body(`${by} ${fn.name}`, 'throughout', (builtBody) => {
        const object = builtBody.local(owner.tag, owner);
        const ref = makeRef(object, owner, builder.fields(owner));
        const fill = (f: FunctionBuilder): void => {
          builder.within(context, () => {
            f.call(fn, ref as never);
          });
          if (!builtBody.reachable) return;
          f.workDone();
          builtBody.takeExits();
        };
        return { locals: [object], fill };
      });
      this.works[w] = { name: fn.name, body };
    }
  }
}

/** The code of an interrupt: it comes when its CPU lets it in, and is over however its code ends. */
const interrupt =
  (body: BodyBuilder, name: string, fill: Body): Body =>
  (f) => {
    body.emit('enter_interrupt', []);
    f.call(primitive(name, '-', fill));
    if (body.reachable) body.emit('leave_interrupt', []);
  };
