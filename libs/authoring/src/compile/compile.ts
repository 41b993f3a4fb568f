/**
 * From an address to its Program: `compile` throws the author's mistakes, `tryCompile` answers with them. Source lines and
 * warnings are kept beside the Program, never in it.
 */
import type { Program } from '@lastref/kernel';
import { BuildError } from '../builder/build-error.js';
import { ProgramBuilder } from '../builder/program-builder.js';
import type { Site } from '../builder/site.js';
import { resolveAddress, type Scenarios } from './addresses.js';
import { Compiler } from './compiler.js';
import { sourceMapOf, type SourceMap } from './source-map.js';
import { findWarnings } from './warnings.js';

/** A program with what is known of it beside its behaviour; the lines are worked out when they are asked for. */
export class Compiled {
  readonly ok = true;

  constructor(
    readonly program: Program,
    private readonly sites: readonly (Site | null)[],
  ) {
    SITES.set(program, sites);
  }

  /** Where each operation was written. */
  get lines(): SourceMap {
    return sourceMapOf(this.sites);
  }

  /** What is legal and yet hides something: each names its place. */
  get warnings(): readonly string[] {
    return warningsOf(this.program);
  }
}

const SITES = new WeakMap<Program, readonly (Site | null)[]>();

/** The warnings of any program; with their places if it was compiled by this process. */
export const warningsOf = (program: Program): readonly string[] =>
  findWarnings(program, SITES.get(program) ?? []);

/** Where the operations of a program were written; undefined if this process did not compile it. */
export function linesOf(program: Program): SourceMap | undefined {
  const sites = SITES.get(program);
  return sites === undefined ? undefined : sourceMapOf(sites);
}

export type CompileResult = Compiled | { readonly ok: false; readonly message: string };

/** The program of an address. @throws BuildError */
export const compile = (scenarios: Scenarios, address: string): Program =>
  compileWithLines(scenarios, address).program;

/** The program with its source lines and warnings. @throws BuildError */
export function compileWithLines(scenarios: Scenarios, address: string): Compiled {
  const made = compiler(scenarios, address);
  return new Compiled(made.run(), made.sites);
}

/** The same with a mistake of the author as a result, so that one case does not take the others with it. */
export function tryCompile(scenarios: Scenarios, address: string): CompileResult {
  try {
    return compileWithLines(scenarios, address);
  } catch (error) {
    if (error instanceof BuildError) return { ok: false, message: error.message };
    throw error;
  }
}

function compiler(scenarios: Scenarios, address: string): Compiler {
  const resolved = resolveAddress(scenarios, address);
  const { scenario, variant, spec, caseSpec } = resolved;
  const full = `${scenario.name}/${variant}/${resolved.case}`;
  return new Compiler(new ProgramBuilder(scenario, spec, caseSpec, full), resolved);
}
