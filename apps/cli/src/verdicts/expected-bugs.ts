/** The bugs that are expected to occur at an address; none where nothing is declared, or it is left open which do. */
import { parseExpect, type Pattern } from '@lastref/judging';
import { expectationOf } from '@lastref/scenarios';

export function expectedBugs(address: string): readonly Pattern[] {
  const row = expectationOf(address);
  if (row === undefined) return [];
  const expect = parseExpect(row.expect);
  return expect.kind === 'failures' ? expect.all : [];
}
