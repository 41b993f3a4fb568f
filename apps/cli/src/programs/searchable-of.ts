/** The cases that a name stands for and exhaustive search can be asked about. */
import { searchable } from '@lastref/scenarios';
import { EXIT } from '../exit-codes.js';
import { ok, refused, type Result } from '../outcome.js';
import { compiledCases, splitCases, type NamedProgram } from './resolve-program.js';

/** @param reference a scenario, `scenario/variant`, or an address */
export function searchableOf(reference: string): Result<readonly NamedProgram[]> {
  const cases = compiledCases(reference);
  if (!cases.ok) return cases;
  const known = new Set(searchable().map((one) => `${one.scenario}/${one.variant}/${one.case}`));
  const programs = splitCases(cases.value).programs.filter(({ address }) => known.has(address));
  if (programs.length > 0) return ok(programs);
  return refused(
    EXIT.usage,
    `${reference} is composed of other scenarios, too large to be searched: name one of those`,
  );
}
