/** @lastref/scenarios: the bugs that Lastref ships, one folder each. Pure; imports only authoring. */
import { addressesOf, BuildError, compile, type Address, type Scenario } from '@lastref/authoring';
import { nbd } from './nbd/index.js';

/** Every scenario, in the order they are listed. */
export const SCENARIOS: readonly Scenario[] = [nbd];

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
