/**
 * A case with other switches on than its variant's: what any set of a scenario's switches makes of it. The names stay those of the
 * address, so that two sets which make no difference give one program. What is built follows from the switches that the code
 * asks for: sets that agree on those need not be built twice.
 */
import type { Program } from '@lastref/kernel';
import { BuildError } from '../builder/build-error.js';
import { ProgramBuilder } from '../builder/program-builder.js';
import { resolveAddress, type Scenarios } from './addresses.js';
import { Compiler } from './compiler.js';

export interface Switched {
  /** The program, or why the case cannot be built so. */
  readonly made:
    | { readonly ok: true; readonly program: Program }
    | { readonly ok: false; readonly message: string };
  /** Switches that were asked for, on or off, in the order of the first question. */
  readonly asked: readonly string[];
}

/** @param switches all that are on */
export function compileSwitched(
  scenarios: Scenarios,
  address: string,
  switches: readonly string[],
): Switched {
  const resolved = resolveAddress(scenarios, address);
  const { scenario, variant, caseSpec } = resolved;
  const spec = { ...resolved.spec, switches };
  const full = `${scenario.name}/${variant}/${resolved.case}`;
  const builder = new ProgramBuilder(scenario, spec, caseSpec, full);
  const { asked } = builder.context;
  try {
    const program = new Compiler(builder, { ...resolved, spec }).run();
    return { made: { ok: true, program }, asked: [...asked] };
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return { made: { ok: false, message: error.message }, asked: [...asked] };
  }
}
