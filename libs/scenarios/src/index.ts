/** @lastref/scenarios: the bugs that Lastref ships, one folder each. Pure; imports only authoring. */
import {
  addressesOf,
  BuildError,
  compileWithLines,
  type Address,
  type Compiled,
  type Scenario,
} from '@lastref/authoring';
import { devmemExpectations } from './devmem/expectations.js';
import { devmem } from './devmem/index.js';
import type { Expectation } from './expectation.js';
import { mlx5Expectations } from './mlx5/expectations.js';
import { mlx5 } from './mlx5/index.js';
import { nbdExpectations } from './nbd/expectations.js';
import { nbd } from './nbd/index.js';
import { nvmemExpectations } from './nvmem/expectations.js';
import { nvmem } from './nvmem/index.js';
import { smmuExpectations } from './smmu/expectations.js';
import { smmu } from './smmu/index.js';
import { wholeHost } from './whole-host/index.js';

/** Compound calls of the kernel, for scenarios of one's own. */
export * as kernel from './kernel/index.js';
/** The same for user space, where teardown races alike. */
export * as userspace from './userspace/index.js';
export type { Basis, Expectation } from './expectation.js';

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
export function compileAddressWithLines(address: string): Compiled {
  const name = address.split('/')[0] ?? '';
  const scenarios = byName();
  const found = scenarios.get(name);
  if (found === undefined)
    throw new BuildError(
      `no scenario '${name}'; there are: ${[...scenarios.keys()].join(', ')}. A new one is listed in SCENARIOS of libs/scenarios/src/index.ts`,
    );
  return compileWithLines(found, address);
}

const EXPECTATIONS: readonly Expectation[] = [
  ...nbdExpectations,
  ...mlx5Expectations,
  ...smmuExpectations,
  ...devmemExpectations,
  ...nvmemExpectations,
];

/** The expectations of a scenario, in the order of its table; none for a name that is unknown. */
export const expectationsOf = (scenario: string): Expectation[] =>
  EXPECTATIONS.filter((row) => row.scenario === scenario);
