/** @lastref/scenarios: the bugs that Lastref ships, one folder each. Pure; imports only authoring. */
import { addressesOf, BuildError, compile, type Address, type Scenario } from '@lastref/authoring';
import type { Expectation } from './expectation.js';
import { mlx5Expectations } from './mlx5/expectations.js';
import { mlx5 } from './mlx5/index.js';
import { nbdExpectations } from './nbd/expectations.js';
import { nbd } from './nbd/index.js';

export type { Basis, Expectation } from './expectation.js';

/** Every scenario, in the order they are listed. */
export const SCENARIOS: readonly Scenario[] = [nbd, mlx5];

/** Every address of every scenario. */
export const catalogue = (): Address[] => SCENARIOS.flatMap(addressesOf);

/** Compiles an address; a BuildError says which names exist. */
export function compileAddress(address: string): ReturnType<typeof compile> {
  const name = address.split('/')[0] ?? '';
  const scenario = SCENARIOS.find((s) => s.name === name);
  if (scenario === undefined)
    throw new BuildError(
      `no scenario '${name}'; there are: ${SCENARIOS.map((s) => s.name).join(', ')}`,
    );
  return compile(scenario, address);
}

const EXPECTATIONS: readonly Expectation[] = [...nbdExpectations, ...mlx5Expectations];

/** The expectations of a scenario, in the order of its table; none for a name that is unknown. */
export const expectationsOf = (scenario: string): Expectation[] =>
  EXPECTATIONS.filter((row) => row.scenario === scenario);
