/**
 * Makes one case of a composition. Bodies of a part are built within its context, so that switches, parameters, milestones,
 * allocations, arguments, work functions and modules are the part's own; tasks of a part that share a body go on sharing it.
 * Memory has one policy of reuse in the whole host.
 */
import { BuildError, didYouMean } from '../builder/build-error.js';
import type { FunctionBuilder } from '../builder/function-builder.js';
import { BODY } from '../builder/low-level.js';
import { both, Site } from '../builder/site.js';
import { caseNamed, resolveVariant, sizedCase } from '../compile/addresses.js';
import { Context } from '../language/declared.js';
import type { Param } from '../language/parameter.js';
import type { Body, CaseSpec, SizedCase, TaskBody, TaskSpec } from '../language/scenario.js';
import type { Composition, Join, Part } from './composition.js';
import { merged } from './merge.js';

/** A part with its case, and its tasks as the host runs them. */
export interface Resolved {
  readonly name: string;
  readonly context: Context;
  readonly spec: CaseSpec;
  readonly tasks: readonly TaskSpec[];
}

/** A case composed of others: `cases: { small: composed('four systems', { ports: 1 }, (param) => ({ parts: [...] })) }`. */
export const composed = (
  title: string,
  params: Readonly<Record<string, number>>,
  composition: (param: Param) => Composition,
): SizedCase => ({ title, params, host: true, sized: (param) => caseOf(composition(param)) });

function caseOf(host: Composition): Omit<CaseSpec, 'title' | 'params'> {
  const parts = host.parts.map((part) => resolve(part));
  checkParts(parts);
  const givens = parts.flatMap(({ context, spec }) =>
    spec.given === undefined ? [] : [within(context, spec.given)],
  );
  const given: Body = (f) => {
    for (const part of givens) part(f);
  };
  return {
    ...merged(parts, host),
    ...(givens.length === 0 ? {} : { given }),
    tasks: tasksOf(parts, host),
    composed: {
      parts: parts.map(({ context }) => context),
      shared: host.shared ?? [],
      apart: host.apart ?? [],
    },
  };
}

function resolve(part: Part): Resolved {
  const { of: scenario, variant, params = {} } = part;
  const name = part.name ?? scenario.name;
  const { spec: variantSpec } = resolveVariant(scenario, variant);
  const address = `${scenario.name}/${variant}`;
  const [called, written] =
    typeof part.case === 'string'
      ? [`${address}/${part.case}`, caseNamed(address, variantSpec, part.case)]
      : [address, part.case];
  if ('host' in written)
    throw new BuildError(
      `part '${name}' is a composition itself: compose the parts of ${called} directly`,
    );
  const own = sizedCase(`part '${name}', ${called}`, scenario, written, params);
  const context = new Context(name, scenario, variantSpec, own);
  const bodies = new Map<TaskBody, TaskBody>();
  const tasks = own.tasks.map((task): TaskSpec => {
    const body = bodies.get(task.body) ?? within(context, task.body);
    bodies.set(task.body, body);
    return {
      ...task,
      body,
      ...(task.args === undefined ? {} : { args: task.args.map((arg) => context.argument(arg)) }),
      ...(task.after === undefined ? {} : { after: context.label(task.after) }),
    };
  });
  return { name, context, spec: own, tasks };
}

const within =
  (context: Context, body: TaskBody): TaskBody =>
  (f: FunctionBuilder, ...args) => {
    f[BODY].program.within(context, () => {
      body(f, ...args);
    });
  };

/** One host runs one version of a driver, once: it is the scenario's parameters that make it larger. */
function checkParts(parts: readonly Resolved[]): void {
  if (parts.length === 0) throw new BuildError('a composition without parts: name at least one');
  parts.forEach(({ name, context }, i) => {
    for (const other of parts.slice(0, i)) {
      if (other.name === name)
        throw new BuildError(`two parts are called '${name}': give one of them a name`);
      if (other.context.scenario === context.scenario)
        throw new BuildError(
          `parts '${other.name}' and '${name}' are both of scenario '${context.scenario.name}': a host runs one version of a driver, with one set of its static variables; compose it once, with a case or parameters that make it larger`,
        );
    }
  });
}

/** Joined tasks first, in their order; then the others, part by part. */
function tasksOf(parts: readonly Resolved[], host: Composition): TaskSpec[] {
  const joined = new Set<TaskSpec>();
  const joins = (host.joins ?? []).map((join) => joinOf(join, parts, joined));
  const rest = parts.flatMap(({ name, tasks }) =>
    tasks
      .filter((task) => !joined.has(task))
      .map((task) => ({
        ...task,
        name: host.prefixTasks === true ? `${name}: ${task.name}` : task.name,
        ...(task.on === undefined || host.prefixTasks !== true
          ? {}
          : { on: `${name}: ${task.on}` }),
        part: name,
      })),
  );
  const all: (TaskSpec & { readonly part?: string })[] = [...joins, ...rest];
  all.forEach((task, i) => {
    const first = all.slice(0, i).find((other) => other.name === task.name);
    if (first !== undefined)
      throw new BuildError(
        `two tasks are called '${task.name}': ${both(told(first), first.site, told(task), task.site)}; join them if they are one, or set prefixTasks`,
      );
  });
  return all.map(withoutPart);
}

function withoutPart(task: TaskSpec & { readonly part?: string }): TaskSpec {
  const { part, ...own } = task;
  return part === undefined ? task : own;
}

const told = ({ part }: { readonly part?: string }): string =>
  part === undefined ? 'a joined one' : `one of part '${part}'`;

function joinOf(
  { task: name, runs }: Join,
  parts: readonly Resolved[],
  joined: Set<TaskSpec>,
): TaskSpec {
  const tasks = runs.map(([of, named]) => find(name, of, named, parts));
  for (const task of tasks) {
    if (joined.has(task)) throw new BuildError(`task '${task.name}' is joined twice`);
    if (task.optional !== undefined || task.after !== undefined)
      throw new BuildError(
        `task '${task.name}' of '${name}' is optional or starts after a milestone: only tasks that start at once are joined`,
      );
    joined.add(task);
  }
  return {
    name,
    args: tasks.flatMap(({ args }) => args ?? []),
    body: (f, ...args) => {
      let taken = 0;
      for (const task of tasks) {
        const own = args.slice(taken, (taken += task.args?.length ?? 0));
        task.body(f, ...own);
      }
    },
    site: new Site(),
  };
}

function find(join: string, of: string, named: string, parts: readonly Resolved[]): TaskSpec {
  const part = parts.find(({ name }) => name === of);
  const names = parts.map(({ name }) => name);
  if (part === undefined)
    throw new BuildError(
      `'${join}' joins a task of '${of}', which is no part${didYouMean(of, names) || '.'} There are: ${names.join(', ')}`,
    );
  const tasks = part.tasks.map(({ name }) => name);
  const found = part.tasks.find(({ name }) => name === named);
  if (found === undefined)
    throw new BuildError(
      `'${join}' joins '${named}', which is no task of part '${of}'${didYouMean(named, tasks) || '.'} It has: ${tasks.join(', ')}`,
    );
  return found;
}
