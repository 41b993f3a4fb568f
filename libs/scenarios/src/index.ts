/** @lastref/scenarios: the bugs that Lastref ships, one folder each, and what is expected of each case. Pure. */
import {
  addressesOf,
  BuildError,
  compileSwitched,
  resolveAddress,
  compileWithLines,
  type Address,
  type Compiled,
  type Scenario,
  type Switched,
} from '@lastref/authoring';
import { devmem } from './devmem/index.js';
import { mlx5 } from './mlx5/index.js';
import { nbd } from './nbd/index.js';
import { nvmem } from './nvmem/index.js';
import { smmu } from './smmu/index.js';
import { wholeHost } from './whole-host/index.js';

/** Compound calls of the kernel, for scenarios of one's own. */
export * as kernel from './kernel/index.js';
/** The same for user space, where teardown races alike. */
export * as userspace from './userspace/index.js';
export type { Basis, Expectation } from './expectation.js';
export { expectationOf, expectationsOf } from './expectations.js';
export { canaryOf } from './canary.js';

/** Every scenario, in the order they are listed. */
export const SCENARIOS: readonly Scenario[] = [nbd, mlx5, smmu, devmem, nvmem, wholeHost];

/** The scenarios by name; several of one name hold its variants. */
const byName = (): Map<string, Scenario[]> => {
  const found = new Map<string, Scenario[]>();
  for (const scenario of SCENARIOS)
    found.set(scenario.name, [...(found.get(scenario.name) ?? []), scenario]);
  return found;
};

/** Every address of every scenario. */
export const catalogue = (): Address[] => [...byName().values()].flatMap(addressesOf);

/** Those that exhaustive search can be asked about. */
export const searchable = (): Address[] => catalogue().filter(({ host }) => host !== true);

/** Compiles an address; a BuildError says which names exist. */
export const compileAddress = (address: string): Compiled['program'] =>
  compileAddressWithLines(address).program;

/** The same with source lines and warnings. */
export const compileAddressWithLines = (address: string): Compiled =>
  compileWithLines(scenariosOf(address), address);

/** The case of an address with these switches on instead of its variant's. */
export const compileAddressWith = (address: string, switches: readonly string[]): Switched =>
  compileSwitched(scenariosOf(address), address, switches);

export interface Switches {
  /** On in the variant. */
  readonly on: readonly string[];
  /** Every switch of the scenario, with what it does. */
  readonly all: Readonly<Record<string, string>>;
}

/** The switches of the variant of an address. */
export function switchesOf(address: string): Switches {
  const { scenario, spec } = resolveAddress(scenariosOf(address), address);
  return { on: spec.switches, all: scenario.switches };
}

/** @throws BuildError where the address begins with no scenario */
function scenariosOf(address: string): Scenario[] {
  const name = address.split('/')[0] ?? '';
  const scenarios = byName();
  const found = scenarios.get(name);
  if (found === undefined)
    throw new BuildError(
      `no scenario '${name}'; there are: ${[...scenarios.keys()].join(', ')}. A new one is listed in SCENARIOS of libs/scenarios/src/index.ts`,
    );
  return found;
}
