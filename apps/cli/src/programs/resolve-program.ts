/**
 * The program a command is about: an address of a scenario that comes with Lastref, or a program file. An address without
 * a case means `main`, else the only case.
 */
import { BuildError } from '@lastref/authoring';
import { addressOf, programDigest, type Program } from '@lastref/kernel';
import { catalogue, compileAddress } from '@lastref/scenarios';
import { EXIT } from '../exit-codes.js';
import { ok, refused, type Result } from '../outcome.js';
import { readProgramFile } from './read-program-file.js';

export interface NamedProgram {
  readonly program: Program;
  readonly address: string;
  readonly digest: string;
  /** How a command line names it again. */
  readonly reference: string;
}

/** Addresses are slugs and slashes; a dot or a leading slash means a file. */
export const isFile = (reference: string): boolean =>
  reference.endsWith('.json') || /^\.{0,2}\//.test(reference);

export async function resolveProgram(reference: string): Promise<Result<NamedProgram>> {
  if (!isFile(reference)) return compiled(reference);
  const read = await readProgramFile(reference);
  return read.ok ? ok(named(read.value, reference)) : read;
}

export function compiled(address: string): Result<NamedProgram> {
  try {
    const program = compileAddress(address);
    return ok(named(program, addressOf(program)));
  } catch (error) {
    if (error instanceof BuildError) return refused(EXIT.usage, error.message);
    throw error;
  }
}

/** A case, compiled or not. */
export interface CompiledCase {
  readonly address: string;
  readonly result: Result<NamedProgram>;
}

/**
 * The cases of a scenario, of a variant (`scenario/variant`), or one of a full address. One that does not compile is no
 * reason to refuse the others.
 */
export function compiledCases(reference: string): Result<readonly CompiledCase[]> {
  const wanted = reference.split('/');
  const found = catalogue()
    .map((entry) => [entry.scenario, entry.variant, entry.case])
    .filter((parts) => wanted.every((part, i) => part === parts[i]) && wanted.length <= 3);
  if (found.length > 0)
    return ok(
      found.map((parts) => {
        const address = parts.join('/');
        return { address, result: compiled(address) };
      }),
    );
  const one = compiled(reference);
  return one.ok ? ok([{ address: one.value.address, result: one }]) : one;
}

/** Something that was asked for and could not be answered, beside the answers that could. */
export interface Unanswered {
  readonly address: string;
  readonly error: string;
}

/** Those that compile, and those that do not. */
export function splitCases(cases: readonly CompiledCase[]): {
  readonly programs: readonly NamedProgram[];
  readonly broken: readonly Unanswered[];
} {
  return {
    programs: cases.flatMap(({ result }) => (result.ok ? [result.value] : [])),
    broken: cases.flatMap(({ address, result }) =>
      result.ok ? [] : [{ address, error: result.refusal.message }],
    ),
  };
}

export const brokenLine = ({ address, error }: Unanswered): string =>
  `${address}: no answer: ${error}`;

const named = (program: Program, reference: string): NamedProgram => ({
  program,
  address: addressOf(program),
  digest: programDigest(program),
  reference,
});
