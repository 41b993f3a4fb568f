/** `lastref scenarios`: every address, with its title and what is expected of it. */
import { catalogue, expectationOf } from '@lastref/scenarios';
import { EXIT } from '../exit-codes.js';
import { answer, type Outcome } from '../outcome.js';
import { table } from '../text/table.js';

export function scenarios(): Outcome {
  const rows = catalogue().map((entry) => {
    const address = `${entry.scenario}/${entry.variant}/${entry.case}`;
    const row = expectationOf(address);
    return {
      address,
      scenario: entry.scenario,
      variant: entry.variant,
      case: entry.case,
      title: entry.title,
      expected: row?.expect ?? null,
      basis: row?.basis ?? null,
    };
  });
  const text = table(
    rows.map(({ address, expected, title }) => [
      address,
      expected?.replace(/[;|].*$/, ' ...') ?? '-',
      title,
    ]),
  );
  return answer(EXIT.ok, { scenarios: rows }, text);
}
