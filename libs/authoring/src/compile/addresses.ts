/**
 * Addresses: `scenario/variant[/case]`. Variants of one scenario may come as Scenarios of their own under one name, as a
 * front end makes them that compiles each variant from another text; a variant that two of them have is an error.
 */
import { parseAddress } from '@lastref/kernel';
import { BuildError, didYouMean } from '../builder/build-error.js';
import type { CaseSpec, Scenario, SizedCase, VariantSpec } from '../language/scenario.js';
import { parameterValues, paramOf, type ParameterValues } from './parameters.js';

/** One scenario, or several of one name. */
export type Scenarios = Scenario | readonly Scenario[];

export interface Address {
  readonly scenario: string;
  readonly variant: string;
  readonly case: string;
  readonly title: string;
  /** Composed of other scenarios: to be sampled; a search of it would have no end. */
  readonly host?: true;
}

/** What an address names. */
export interface Resolved {
  readonly scenario: Scenario;
  readonly variant: string;
  readonly case: string;
  readonly spec: VariantSpec;
  readonly caseSpec: CaseSpec;
}

interface Variant {
  readonly scenario: Scenario;
  readonly spec: VariantSpec;
}

const isList = (scenarios: Scenarios): scenarios is readonly Scenario[] => Array.isArray(scenarios);

function variantsOf(scenarios: Scenarios): { name: string; variants: Map<string, Variant> } {
  const list = isList(scenarios) ? scenarios : [scenarios];
  const [name = '', other] = [...new Set(list.map((scenario) => scenario.name))];
  if (other !== undefined)
    throw new BuildError(`'${name}' and '${other}' are two scenarios: compile one at a time`);
  const variants = new Map<string, Variant>();
  for (const scenario of list)
    for (const [variant, spec] of Object.entries(scenario.variants)) {
      const first = variants.get(variant);
      if (first !== undefined)
        throw new BuildError(
          `${name}/${variant} is there twice: '${first.spec.title}' and '${spec.title}'`,
        );
      variants.set(variant, { scenario, spec });
    }
  return { name, variants };
}

/** Every address of a scenario, in declaration order. */
export function addressesOf(scenarios: Scenarios): Address[] {
  const { name, variants } = variantsOf(scenarios);
  return [...variants].flatMap(([variant, { spec }]) =>
    Object.entries(spec.cases).map(([key, written]) => ({
      scenario: name,
      variant,
      case: key,
      title: written.title,
      ...('host' in written ? { host: true as const } : {}),
    })),
  );
}

/** A variant by name. */
export function resolveVariant(
  scenarios: Scenarios,
  variant: string,
): { readonly name: string; readonly scenario: Scenario; readonly spec: VariantSpec } {
  const { name, variants } = variantsOf(scenarios);
  const names = [...variants.keys()];
  const found = variants.get(variant);
  if (found === undefined)
    throw new BuildError(
      `${name} has no variant '${variant}'${didYouMean(variant, names) || '.'} It has: ${names.join(', ')}`,
    );
  return { name, ...found };
}

/** The case of a variant by name, as it is written. @throws BuildError */
export function caseNamed(name: string, spec: VariantSpec, key: string): CaseSpec | SizedCase {
  const cases = Object.keys(spec.cases);
  const found = Object.hasOwn(spec.cases, key) ? spec.cases[key] : undefined;
  if (found === undefined)
    throw new BuildError(
      `${name} has no case '${key}'${didYouMean(key, cases) || '.'} It has: ${cases.join(', ')}`,
    );
  return found;
}

/** What an address names; without a case `main`, else the only one. */
export function resolveAddress(scenarios: Scenarios, address: string): Resolved {
  const parsed = parseAddress(address);
  if (!parsed.ok) throw new BuildError(parsed.message);
  const { name, scenario, spec } = resolveVariant(scenarios, parsed.variant);
  const cases = Object.keys(spec.cases);
  const only = cases.includes('main') ? 'main' : cases.length === 1 ? cases[0] : undefined;
  const key = parsed.case ?? only;
  if (key === undefined)
    throw new BuildError(
      `${name}/${parsed.variant} has several cases, name one: ${cases.join(', ')}`,
    );
  const caseSpec = caseNamed(`${name}/${parsed.variant}`, spec, key);
  const full = `${name}/${parsed.variant}/${key}`;
  return {
    scenario,
    variant: parsed.variant,
    case: key,
    spec,
    caseSpec: sizedCase(full, scenario, caseSpec, {}),
  };
}

/** The case with the value of every parameter, `over` before what it sets itself, and made from them where it is sized. */
export function sizedCase(
  address: string,
  { params: declared = {} }: Scenario,
  spec: CaseSpec | SizedCase,
  over: ParameterValues,
): CaseSpec {
  const { title } = spec;
  const params = parameterValues(address, declared, { ...spec.params, ...over });
  if (!('sized' in spec)) return { ...spec, params };
  return {
    ...author(address, () => spec.sized(paramOf(address, declared, params))),
    title,
    params,
  };
}

/** Runs the author's code: what it throws is a mistake of this case. */
function author<T>(address: string, code: () => T): T {
  try {
    return code();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const told = error instanceof BuildError;
    if (told && error.message.startsWith(address)) throw error;
    throw new BuildError(`${address}: ${told ? '' : 'sized: '}${error.message}`);
  }
}
