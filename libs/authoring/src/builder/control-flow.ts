/**
 * Control flow of a function: if, while, labels and goto, calls and returns, arguments. All of it is local: it costs no step
 * and is fused into the step before.
 */
import type { Argument } from '../language/argument.js';
import type { Fn } from '../language/callee.js';
import type { AnyStruct } from '../language/struct.js';
import {
  Int,
  isRef,
  localOf,
  makeRef,
  type IntValue,
  type LocalVar,
  type Ref,
} from '../language/values.js';
import type { BodyBuilder } from './body-builder.js';
import { didYouMean } from './build-error.js';
import type { Cond, Exit } from './graph.js';
import { Labels } from './labels.js';
import { BODY } from './low-level.js';
import { Variables } from './variables.js';

interface Result {
  readonly local: LocalVar | null;
  readonly exits: Exit[];
}

type Maker<F> = new (body: BodyBuilder, result: Result) => F;

export class ControlFlow extends Variables {
  private readonly labels: Labels;

  constructor(
    body: BodyBuilder,
    private readonly result: Result,
  ) {
    super(body);
    this.labels = new Labels(body);
  }

  /** For front ends: lowLevel(f). */
  get [BODY](): BodyBuilder {
    return this.body;
  }

  /** Whether a switch is on in the variant being built: decided now, so it costs nothing. */
  is(name: string): boolean {
    const { scenario, variant, asked } = this.body.program.context;
    const { switches } = scenario;
    if (!Object.hasOwn(switches, name))
      throw this.body.error(`no switch '${name}'${didYouMean(name, Object.keys(switches))}`);
    asked.add(name);
    return variant.switches.includes(name);
  }

  /** A parameter of the case. */
  param(name: string): number {
    const { spec, scenario } = this.body.program.context;
    const value = spec.params?.[name];
    if (value !== undefined && Object.hasOwn(spec.params ?? {}, name)) return value;
    const known = Object.keys(scenario.params ?? {});
    throw this.body.error(
      `no parameter '${name}'${didYouMean(name, known) || '.'} The scenario declares what it has in params`,
    );
  }

  if(condition: Cond | Int | Ref, then: () => void, otherwise?: () => void): void {
    const cond = this.truth(condition);
    this.body.use(cond);
    this.body.continueFrom(cond.holds);
    then();
    const after = this.body.takeExits();
    this.body.continueFrom(cond.fails);
    otherwise?.();
    this.body.continueFrom([...after, ...this.body.takeExits()]);
  }

  unless(condition: Cond | Int | Ref, then: () => void): void {
    this.if(this.not(condition), then);
  }

  /** Repeats while the condition, made anew each time, holds. */
  while(condition: () => Cond | Int | Ref, repeat: () => void): void {
    this.body.ready();
    const head = this.body.landing([]);
    const cond = this.truth(condition());
    this.body.use(cond);
    this.body.continueFrom(cond.holds);
    repeat();
    head.head = true;
    this.body.join(this.body.takeExits(), head);
    this.body.continueFrom(cond.fails);
  }

  /** The result is not looked at: control goes on in both cases. */
  ignore(condition: Cond): void {
    this.body.use(this.truth(condition));
    this.body.continueFrom([...condition.holds, ...condition.fails]);
  }

  /** A label of this function; any goto of the function may name it, above or below. */
  label(name: string): void {
    this.labels.place(name);
  }

  goto(name: string): void {
    this.labels.jump(name);
  }

  /** To be called when the function's code is complete: every goto has its label. */
  end(): void {
    this.labels.end();
    this.body.settled();
  }

  call<A extends readonly unknown[], R>(callee: Fn<A, R>, ...args: A): R {
    const { body } = this;
    const caller = body.frame;
    body.ready();
    for (const arg of args) if (isRef(arg)) body.own(localOf(arg));
    body.frame = body.program.frame(callee, caller);
    if (body.program.isRecursive(body.frame))
      throw body.error(`${callee.name} calls itself: functions are inlined, recursion has no end`);
    const result: Result = { local: this.resultLocal(callee.name, callee.returns), exits: [] };
    const inner = new (this.constructor as Maker<this>)(body, result);
    callee.body(inner as never, ...args);
    inner.end();
    if (body.reachable && callee.returns === 'int') inner.return(0);
    else if (body.reachable && callee.returns !== 'void')
      throw body.error(`${callee.name} ends without f.return of a pointer`);
    body.continueFrom([...result.exits, ...body.takeExits()]);
    if (body.reachable) inner.leave();
    body.frame = caller;
    return this.handle(result.local, callee.returns) as R;
  }

  /** Leaves the function; an int function returns 0 or an error code, a pointer function a pointer or NULL. */
  return(value?: IntValue | Ref | null): void {
    const { local } = this.result;
    this.body.ready();
    if (local === null && value !== undefined)
      throw this.body.error('a void function returns no value');
    if (local !== null) {
      if (value === undefined) throw this.body.error('the function returns a value');
      this.assign(local, value);
    }
    this.result.exits.push(...this.body.leave('f.return'));
  }

  /** Of the prologue: hands a value to the tasks whose `args` name the argument, when the prologue ends. */
  pass<S extends AnyStruct | null>(
    to: Argument<S>,
    value: S extends AnyStruct ? Ref<S> | null : IntValue,
  ): void {
    const { passes } = this.body;
    if (passes === null)
      throw this.body.error(
        `'${to.name}' is passed here; only the prologue, given, passes arguments`,
      );
    this.body.ready();
    const local = passes(this.body.program.context.argument(to));
    if (typeof value === 'number' && value > to.max)
      throw this.body.error(`${value} is more than '${to.name}' can be: ${to.max}`);
    if (local !== undefined) this.assign(local, value);
  }

  not(condition: Cond | Int | Ref): Cond {
    return this.truth(condition).inverted;
  }

  and(first: Cond | Int | Ref, second: () => Cond | Int | Ref): Cond {
    const a = this.truth(first);
    this.body.use(a);
    this.body.continueFrom(a.holds);
    const b = this.truth(second());
    this.body.use(b);
    return this.body.condition(b.holds, [...a.fails, ...b.fails]);
  }

  or(first: Cond | Int | Ref, second: () => Cond | Int | Ref): Cond {
    return this.and(this.not(first), () => this.not(second())).inverted;
  }

  /** Labels the next step of this path, and of no other; cases refer to it in order, reaches and after. */
  milestone(name: string): void {
    this.body.milestone(name);
  }

  /** The next step of this path is the first after a return to user mode: switching away before it is no preemption. */
  return_to_user(): void {
    this.body.yieldPoint();
  }

  /** The task stays in user mode for ever, holding what it has open. */
  stay(...holding: Ref[]): void {
    this.body.emit('stay', [], { keeps: holding.map((ref) => this.body.own(localOf(ref))) });
    this.body.leave('f.stay');
  }

  /** What must happen when the function is left by any path; stack objects die here. */
  protected leave(): void {
    return;
  }

  private resultLocal(name: string, returns: 'void' | 'int' | AnyStruct): LocalVar | null {
    if (returns === 'void') return null;
    return this.body.local(`${name}.ret`, returns === 'int' ? null : returns);
  }

  private handle(
    local: LocalVar | null,
    returns: 'void' | 'int' | AnyStruct,
  ): Int | Ref | undefined {
    if (local === null || returns === 'void') return undefined;
    return returns === 'int'
      ? new Int(local)
      : makeRef(local, returns, this.body.program.fields(returns));
  }
}
