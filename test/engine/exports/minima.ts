/** The minimum of every row of the table that fails, ready to be exported: what specs of exports are held against. */
import { matchesBug, prove, runContext, surroundings } from '@lastref/exploration';
import { firstPattern, parseExpect } from '@lastref/judging';
import { programDigest, type Program, type Trace } from '@lastref/kernel';
import type { ExportedRun } from '@lastref/reporting';
import { compileAddress, expectationOf, searchable } from '@lastref/scenarios';
import { shrink } from '@lastref/shrinking';

export interface Minimum {
  /** Address and signature. */
  readonly name: string;
  readonly program: Program;
  readonly run: ExportedRun;
}

/** Of a row that lists several failures the first; of one that is expected to be clean nothing is searched. */
export function minima(): Minimum[] {
  return searchable().flatMap(({ scenario, variant, case: name }): Minimum[] => {
    const address = `${scenario}/${variant}/${name}`;
    const row = expectationOf(address);
    const pattern = row === undefined ? undefined : firstPattern(parseExpect(row.expect));
    if (pattern === undefined) return [];
    const program = compileAddress(address);
    const signature = prove(program).failures.find((one) => matchesBug(pattern, one)) ?? '';
    const found = shrink(program, signature);
    if (!found.ok) throw new Error(`${address}: ${found.message}`);
    const { trace, reproduction } = found;
    const run = exported(program, trace, { about: signature, grade: reproduction.grade });
    return [{ name: `${address} ${signature}`, program, run }];
  });
}

export const exported = (
  program: Program,
  trace: Trace,
  of: Pick<ExportedRun, 'about' | 'grade'> = {},
): ExportedRun => ({
  trace,
  ...of,
  replay: {
    token: `lr1.${programDigest(program)}.schedule.${trace.schedule}`,
    command: `lastref replay ${trace.address} --schedule ${trace.schedule}`,
  },
  context: () => runContext(program, trace.schedule),
  surroundings: (signature) => surroundings(program, trace.schedule, signature),
});
