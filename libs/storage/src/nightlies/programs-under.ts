/** Which of the current programs scenarios, variants and addresses name, each once, in the order of the names. Pure. */
import type { CurrentProgram } from '../programs/list-current-programs.js';

export const isUnder = (reference: string, address: string): boolean =>
  address === reference || address.startsWith(`${reference}/`);

export function programsUnder(
  references: readonly string[],
  current: readonly CurrentProgram[],
): CurrentProgram[] {
  const named = references.flatMap((reference) =>
    current.filter(({ address }) => isUnder(reference, address)),
  );
  return [...new Map(named.map((program) => [program.digest, program])).values()];
}
