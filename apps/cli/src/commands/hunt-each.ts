/**
 * `lastref hunt` of a scenario by its name alone: every case of its variant `buggy`, or of its only one, one after the
 * other. Anything else is one hunt.
 */
import { addressable } from '@lastref/scenarios';
import type { HuntOptions } from '../answers/hunt.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Answer, type Outcome } from '../outcome.js';
import { hunt } from './hunt.js';

export async function huntEach(reference: string, options: HuntOptions, io: Io): Promise<Outcome> {
  const addresses = casesOf(reference);
  if (addresses.length === 0) return hunt(reference, options, io);
  const answers: Answer[] = [];
  for (const address of addresses) {
    const outcome = await hunt(address, options, io);
    if (outcome.kind === 'refusal') return outcome;
    answers.push(outcome);
    if (outcome.exit === EXIT.interrupted) break;
  }
  const exit = answers.reduce<ExitCode>(
    (worst, one) => (one.exit > worst ? one.exit : worst),
    EXIT.ok,
  );
  return answer(
    exit,
    { hunts: answers.map(({ json }) => json) },
    answers.map(({ text }) => text).join('\n'),
  );
}

function casesOf(scenario: string): string[] {
  const found = addressable().filter((entry) => entry.scenario === scenario);
  const variants = [...new Set(found.map(({ variant }) => variant))];
  const meant = variants.length === 1 ? variants[0] : 'buggy';
  return found
    .filter(({ variant }) => variant === meant)
    .map((entry) => `${entry.scenario}/${entry.variant}/${entry.case}`);
}
