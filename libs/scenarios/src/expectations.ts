/** The expectations of every scenario, in the order of their tables. */
import { devmemExpectations } from './devmem/expectations.js';
import type { Expectation } from './expectation.js';
import { literatureExpectations } from './literature.js';
import { mlx5Expectations } from './mlx5/expectations.js';
import { nbdExpectations } from './nbd/expectations.js';
import { nvmemExpectations } from './nvmem/expectations.js';
import { smmuExpectations } from './smmu/expectations.js';

const EXPECTATIONS: readonly Expectation[] = [
  ...nbdExpectations,
  ...mlx5Expectations,
  ...smmuExpectations,
  ...devmemExpectations,
  ...nvmemExpectations,
  ...literatureExpectations,
];

/** The expectations of a scenario, in the order of its table; none for a name that is unknown. */
export const expectationsOf = (scenario: string): Expectation[] =>
  EXPECTATIONS.filter((row) => row.scenario === scenario);

/** The expectation declared for an address, if the project has one. */
export function expectationOf(address: string): Expectation | undefined {
  const [scenario = '', variant, name] = address.split('/');
  return expectationsOf(scenario).find((row) => row.variant === variant && row.case === name);
}
