/** The parameters of a case: what it sets, else what the scenario declares; nothing undeclared, nothing out of range. */
import { BuildError, didYouMean } from '../builder/build-error.js';
import { inBrackets } from '../builder/site.js';
import type { Param, Parameters } from '../language/parameter.js';

export type ParameterValues = Readonly<Record<string, number>>;

/** @throws BuildError naming the case, the parameter, its range and where it is declared */
export function parameterValues(
  address: string,
  declared: Parameters,
  set: ParameterValues,
): ParameterValues {
  for (const [name, { min, max, default: usual, site }] of Object.entries(declared))
    if (!(Number.isInteger(min) && Number.isInteger(max) && min <= usual && usual <= max))
      throw new BuildError(
        `${address}: parameter '${name}' is declared from ${min} to ${max} with ${usual} as its default: the bounds are integers, the default between them${inBrackets(site)}`,
      );
  for (const [name, value] of Object.entries(set)) {
    const parameter = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (parameter === undefined) throw undeclared(address, name, declared);
    const { min, max, site } = parameter;
    if (!Number.isInteger(value) || value < min || value > max)
      throw new BuildError(
        `${address}: the case sets parameter '${name}' to ${value}; it is an integer from ${min} to ${max}: set one of these, or widen its range${inBrackets(site)}`,
      );
  }
  return Object.fromEntries(
    Object.entries(declared).map(([name, parameter]) => [name, set[name] ?? parameter.default]),
  );
}

/** Reads them by name. */
export const paramOf =
  (address: string, declared: Parameters, values: ParameterValues): Param =>
  (name) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw undeclared(address, name, declared);
    return value;
  };

function undeclared(address: string, name: string, declared: Parameters): BuildError {
  const names = Object.keys(declared);
  const has = names.length === 0 ? 'it declares none' : `it declares: ${names.join(', ')}`;
  return new BuildError(
    `${address}: no parameter '${name}'${didYouMean(name, names) || '.'} The scenario says in params what it has; ${has}`,
  );
}
