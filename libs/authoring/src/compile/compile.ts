/**
 * Compiles one address of a scenario to a Program: builds the bodies, then the work functions they reach, then the
 * declarations all of them used. The result is validated; a program that would be refused is a BuildError here.
 */
import {
  FORMAT,
  parseAddress,
  parseProgram,
  SEMANTICS,
  type BodyDecl,
  type FieldDecl,
  type OpDecl,
  type Program,
  type TaskDecl,
} from '@lastref/kernel';
import { BodyBuilder } from '../builder/body-builder.js';
import { BuildError, didYouMean } from '../builder/build-error.js';
import { FunctionBuilder } from '../builder/function-builder.js';
import { ProgramBuilder } from '../builder/program-builder.js';
import type { CaseSpec, Scenario, TaskBody, VariantSpec } from '../language/scenario.js';
import { isWorkqueue, type AnyStruct } from '../language/struct.js';
import { makeRef, type LocalVar } from '../language/values.js';
import { compileBody } from './compile-body.js';
import { withLargestResults } from './results.js';

const DEFAULT_MAX_STEPS = 2000;
const DEFAULT_FAULT_BUDGET = 1;

export interface Address {
  readonly scenario: string;
  readonly variant: string;
  readonly case: string;
  readonly title: string;
}

/** Every address of a scenario, in declaration order. */
export const addressesOf = (scenario: Scenario): Address[] =>
  Object.entries(scenario.variants).flatMap(([variant, spec]) =>
    Object.entries(spec.cases).map(([name, { title }]) => ({
      scenario: scenario.name,
      variant,
      case: name,
      title,
    })),
  );

/** The variant and case an address names; without a case `main`, else the only one. */
export function resolveAddress(
  scenario: Scenario,
  address: string,
): { variant: string; case: string } {
  const parsed = parseAddress(address);
  if (!parsed.ok) throw new BuildError(parsed.message);
  const names = Object.keys(scenario.variants);
  const variant = scenario.variants[parsed.variant];
  if (variant === undefined)
    throw new BuildError(
      `${scenario.name} has no variant '${parsed.variant}'${didYouMean(parsed.variant, names) || '.'} It has: ${names.join(', ')}`,
    );
  const cases = Object.keys(variant.cases);
  const only = cases.includes('main') ? 'main' : cases.length === 1 ? cases[0] : undefined;
  const name = parsed.case ?? only;
  if (name === undefined)
    throw new BuildError(
      `${scenario.name}/${parsed.variant} has several cases, name one: ${cases.join(', ')}`,
    );
  if (!cases.includes(name))
    throw new BuildError(
      `${scenario.name}/${parsed.variant} has no case '${name}'${didYouMean(name, cases) || '.'} It has: ${cases.join(', ')}`,
    );
  return { variant: parsed.variant, case: name };
}

export function compile(scenario: Scenario, address: string): Program {
  const resolved = resolveAddress(scenario, address);
  const variant = scenario.variants[resolved.variant];
  const spec = variant?.cases[resolved.case];
  if (variant === undefined || spec === undefined)
    throw new BuildError(`no such address: ${address}`);
  const full = `${scenario.name}/${resolved.variant}/${resolved.case}`;
  const builder = new ProgramBuilder(scenario, variant, spec, full);
  const program = new Compiler(builder, resolved, variant, spec).run();
  const parsed = parseProgram(program);
  if (!parsed.ok) {
    const list = parsed.errors.map((e) => `${e.pointer === '' ? '/' : e.pointer}: ${e.message}`);
    throw new BuildError(`${full}: the program is not valid: ${list.join('; ')}`);
  }
  return parsed.program;
}

class Compiler {
  private readonly code: OpDecl[] = [{ op: 'end', args: [], next: 0, frame: -1 }];
  private readonly bodies: BodyDecl[] = [];
  private readonly bodyOf = new Map<TaskBody, number>();
  /** Per operation. */
  private readonly bodyOfOps: number[] = [-1];

  constructor(
    private readonly builder: ProgramBuilder,
    private readonly address: { variant: string; case: string },
    private readonly variant: VariantSpec,
    private readonly spec: CaseSpec,
  ) {}

  run(): Program {
    const { builder, spec } = this;
    const given = spec.given === undefined ? -1 : this.body('given', spec.given);
    const tasks = spec.tasks.map((task): TaskDecl => ({
      name: task.name,
      body: this.body(task.name, task.body),
      ...(task.optional === undefined ? {} : { optional: task.optional }),
      ...(task.after === undefined ? {} : { after: builder.milestones.indexOf(task.after) }),
    }));
    const types = this.declareTypes();
    builder.checkLabels();
    const program: Program = {
      format: FORMAT,
      semantics: SEMANTICS,
      scenario: builder.scenario.name,
      variant: this.address.variant,
      case: this.address.case,
      title: `${this.variant.title}: ${spec.title}`,
      maxSteps: spec.maxSteps ?? DEFAULT_MAX_STEPS,
      types,
      statics: builder.statics.map(({ name, spec: field }) => builder.fieldDecl(name, field, null)),
      tables: builder.tables.map((t) => ({
        name: t.name,
        type: builder.type(t.struct),
        entries: t.entries,
      })),
      modules: builder.modules.map(({ name, max }) => ({ name, max })),
      registries: builder.registries.map(({ name, entries }) => ({ name, entries })),
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
      ...(builder.checks.length === 0 ? {} : { checks: builder.checks }),
      code: this.code,
    };
    return { ...program, bodies: withLargestResults(program, this.bodyOfOps) };
  }

  private readonly works: { name: string; body: number }[] = [];

  private body(name: string, build: TaskBody): number {
    const known = this.bodyOf.get(build);
    if (known !== undefined) return known;
    const index = this.build(
      name,
      (f) => {
        build(f);
      },
      () => [],
    );
    this.bodyOf.set(build, index);
    return index;
  }

  private build(
    name: string,
    fill: (f: FunctionBuilder, body: BodyBuilder) => void,
    fixed: (body: BodyBuilder) => LocalVar[],
  ): number {
    const body = new BodyBuilder(this.builder, name);
    const locals = fixed(body);
    fill(new FunctionBuilder(body, { local: null, exits: [] }), body);
    body.finish();
    const compiled = compileBody(body, this.code, locals);
    if (compiled.entry === 0) throw body.error('the task does nothing');
    while (this.bodyOfOps.length < this.code.length) this.bodyOfOps.push(this.bodies.length);
    return this.bodies.push({ name, ...compiled }) - 1;
  }

  /** Declares the types in order of first use. Fields bring further types and work functions, those more code: to a fixpoint. */
  private declareTypes(): Program['types'] {
    const { builder } = this;
    const fields = (struct: AnyStruct): FieldDecl[] =>
      builder.fields(struct).map(([name, field]) => builder.fieldDecl(name, field, struct));
    for (let size = -1; size !== builder.size;) {
      size = builder.size;
      for (const struct of builder.types) fields(struct);
      this.buildWorks();
    }
    return builder.types.map((struct) => ({
      name: struct.tag,
      kind: isWorkqueue(struct) ? 'workqueue' : 'struct',
      count: this.spec.objects?.find(([s]) => s === struct)?.[1] ?? struct.count,
      fields: fields(struct),
    }));
  }

  private buildWorks(): void {
    const { builder } = this;
    for (let w = this.works.length; w < builder.works.length; w++) {
      const work = builder.works[w];
      if (work === undefined) break;
      const { fn, owner } = work;
      let object: LocalVar | undefined;
      this.works.push({ name: fn.name, body: -1 });
      const index = this.build(
        `kworker ${fn.name}`,
        (f, body) => {
          if (object === undefined) throw body.error('no object');
          const ref = makeRef(object, owner, builder.fields(owner));
          f.call(fn, ref as never);
          f.workDone();
          body.takeExits();
        },
        (body) => [(object = body.local(owner.tag, owner))],
      );
      this.works[w] = { name: fn.name, body: index };
    }
  }
}
