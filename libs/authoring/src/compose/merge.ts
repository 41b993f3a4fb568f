/** What the cases of the parts say, as one case of the host: a decision for every key that a case may have. */
import type { ReusePolicy } from '@lastref/kernel';
import { BuildError } from '../builder/build-error.js';
import { DEFAULT_FAULT_BUDGET, DEFAULT_MAX_STEPS } from '../compile/defaults.js';
import type { CaseSpec } from '../language/scenario.js';
import type { Composition } from './composition.js';
import type { Context } from '../language/declared.js';

export interface Merged {
  readonly name: string;
  readonly context: Context;
  readonly spec: CaseSpec;
}

/** Keys that are the host's own, or that tasks and pools are made with elsewhere. */
type Elsewhere = 'title' | 'params' | 'given' | 'tasks' | 'composed' | 'objects' | 'sizes';
type Rules = {
  readonly [K in Exclude<keyof CaseSpec, Elsewhere>]-?: (
    parts: readonly Merged[],
    host: Composition,
  ) => CaseSpec[K] | undefined;
};

const labelled = (
  parts: readonly Merged[],
  labels: (spec: CaseSpec) => readonly string[] | undefined,
): string[] =>
  parts.flatMap(({ context, spec }) => (labels(spec) ?? []).map((name) => context.label(name)));

const RULES: Rules = {
  order: (parts) =>
    parts.flatMap(({ context, spec }) =>
      (spec.order ?? []).map(([a, b]) => [context.label(a), context.label(b)] as const),
    ),
  reaches: (parts) => labelled(parts, ({ reaches }) => reaches),
  faults: (parts) => {
    const faulty = parts.flatMap(({ context, spec: { faults } }) =>
      faults === undefined ? [] : [{ context, faults }],
    );
    if (faulty.length === 0) return undefined;
    return {
      budget: faulty.reduce((sum, { faults }) => sum + (faults.budget ?? DEFAULT_FAULT_BUDGET), 0),
      points: Object.fromEntries(
        faulty.flatMap(({ context, faults }) =>
          Object.entries(faults.points).map(([name, weight]) => [context.label(name), weight]),
        ),
      ),
    };
  },
  // By the names that the tasks have in the host; one that was joined with another has none of its own.
  signals: (parts, { prefixTasks }) => {
    const named = parts.flatMap(({ name, spec: { signals = {} } }) =>
      Object.entries(signals).map(
        ([task, kind]) => [prefixTasks === true ? `${name}: ${task}` : task, kind] as const,
      ),
    );
    return named.length === 0 ? undefined : Object.fromEntries(named);
  },
  parked: (parts) => [...new Set(parts.flatMap(({ spec }) => spec.parked ?? []))],
  reuse: (parts) => {
    const policyOf = ({ spec }: Merged): ReusePolicy => spec.reuse ?? 'quarantine';
    const [first, ...rest] = parts;
    const other = rest.find((part) => first !== undefined && policyOf(part) !== policyOf(first));
    if (first === undefined) return undefined;
    if (other !== undefined)
      throw new BuildError(
        `part '${first.name}' has reuse '${policyOf(first)}' and part '${other.name}' '${policyOf(other)}': freed memory has one policy in the whole host, compose cases that agree`,
      );
    return first.spec.reuse;
  },
  timeouts: (parts) => {
    const [first, ...rest] = parts;
    const other = rest.find(({ spec }) => spec.timeouts !== first?.spec.timeouts);
    if (first !== undefined && other !== undefined)
      throw new BuildError(
        `part '${first.name}' has timeouts '${first.spec.timeouts ?? 'last'}' and part '${other.name}' '${other.spec.timeouts ?? 'last'}': time passes alike in the whole host, compose cases that agree`,
      );
    return first?.spec.timeouts;
  },
  detect: (parts) => {
    const asked = [...new Set(parts.flatMap(({ spec }) => spec.detect ?? []))];
    return asked.length === 0 ? undefined : asked;
  },
  maxSteps: (parts, { maxSteps }) =>
    maxSteps ?? parts.reduce((sum, { spec }) => sum + (spec.maxSteps ?? DEFAULT_MAX_STEPS), 0),
};

export const merged = (parts: readonly Merged[], host: Composition): Omit<CaseSpec, Elsewhere> =>
  Object.fromEntries(
    Object.entries(RULES).flatMap(([key, rule]) => {
      const value: unknown = rule(parts, host);
      return value === undefined ? [] : [[key, value]];
    }),
  );
