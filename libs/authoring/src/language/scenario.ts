/**
 * A scenario: variants of the code under test, told apart by switches, and the cases asked of each. Compiled one
 * address at a time to a Program; nothing of the scenario's source is needed to run that program later.
 */
import type { FunctionBuilder } from '../builder/function-builder.js';
import { Site } from '../builder/site.js';
import type { Argument, Passed } from './argument.js';
import type { DeclaredCase, DeclaredScenario, DeclaredTask, DeclaredVariant } from './declared.js';
import type { Param } from './parameter.js';

/** Code of the prologue, or of a task that takes no arguments. */
export type Body = (f: FunctionBuilder) => void;
/** Code of a task: takes what its `args` name. */
export type TaskBody = (f: FunctionBuilder, ...args: never[]) => void;

export interface TaskSpec extends DeclaredTask {
  /** Tasks that share one body function share their code, and are identical to the engine unless their args differ. */
  readonly body: TaskBody;
  /** What the prologue passes to the body, held by the task from time 0 on. */
  readonly args?: readonly Argument[];
  /** Where it was declared. */
  readonly site?: Site;
}

export interface CaseSpec extends DeclaredCase {
  /** Runs before time 0, draws nothing and costs nothing. */
  readonly given?: Body;
  readonly tasks: readonly TaskSpec[];
}

/** A case whose tasks and pools follow from its parameters. */
export interface SizedCase extends Pick<CaseSpec, 'title' | 'params'> {
  /** It is composed of cases of other scenarios. */
  readonly host?: true;
  readonly sized: (param: Param) => Omit<CaseSpec, 'title' | 'params'>;
}

export interface VariantSpec extends DeclaredVariant {
  readonly cases: Readonly<Record<string, CaseSpec | SizedCase>>;
}

export interface Scenario extends DeclaredScenario {
  readonly variants: Readonly<Record<string, VariantSpec>>;
}

export type { WorkBinding } from './declared.js';

type Start = Pick<TaskSpec, 'optional' | 'after' | 'context' | 'on'>;

/** A task of a case. `task('close', close, { args: [file] })` calls `close(f, file)` with what `given` passed. */
export function task<const A extends readonly Argument[]>(
  name: string,
  body: (f: FunctionBuilder, ...args: Passed<A>) => void,
  options: Start & { readonly args: A },
): TaskSpec;
export function task(name: string, body: Body, options?: Start): TaskSpec;
export function task(
  name: string,
  body: TaskBody,
  options: Start & Pick<TaskSpec, 'args'> = {},
): TaskSpec {
  return { name, body, ...options, site: new Site() };
}
