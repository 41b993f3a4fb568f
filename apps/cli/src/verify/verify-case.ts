/** One case of a verification, from its proof: what holds, what does not, and how to look at that. */
import type { Proof } from '../answers/prove.js';
import type { VerifiedCase, VerifiedOutcome } from '../answers/verify-fix.js';
import type { Unanswered } from '../programs/resolve-program.js';

/** How a difference begins that has been seen. */
const UNEXPECTED = 'unexpected: ';
const NOT_ENDED = 'the search did not end; raise --max-states';

/** `reference`: how a command line names the program. */
export function verifiedCase(reference: string, proof: Proof): VerifiedCase {
  const { address, failures, expectation, states, elapsedMs } = proof;
  const why = whyNot(proof);
  const outcome = outcomeOf(proof, why);
  return {
    address,
    outcome,
    expect: expectation?.expect ?? null,
    failures,
    why,
    commands: commandsFor(reference, outcome, failures),
    states,
    elapsedMs,
  };
}

export function unverifiedCase({ address, error }: Unanswered): VerifiedCase {
  const nothing = { expect: null, failures: [], commands: [], states: 0, elapsedMs: 0 };
  return { address, outcome: 'error', why: [error], ...nothing };
}

/** Where nothing is declared, nothing may fail. What was not seen is no evidence before the search has ended. */
function whyNot({ proved, failures, expectation }: Proof): readonly string[] {
  const why = expectation?.why ?? failures.map((signature) => `${UNEXPECTED}${signature}`);
  return proved ? why : [...why.filter((one) => one.startsWith('unexpected')), NOT_ENDED];
}

function outcomeOf({ proved }: Proof, why: readonly string[]): VerifiedOutcome {
  if (why.length === 0) return 'holds';
  return proved || why.length > 1 ? 'fails' : 'unproved';
}

function commandsFor(
  reference: string,
  outcome: VerifiedOutcome,
  failures: readonly string[],
): string[] {
  const lastref = 'npx --no -- lastref';
  switch (outcome) {
    case 'holds':
    case 'error':
      return [];
    case 'unproved':
      return [`${lastref} prove ${reference} --reduce --symmetry --max-states 20000000`];
    case 'fails':
      return failures.length === 0
        ? [`${lastref} prove ${reference} --unexecuted`]
        : failures.map((one) => `${lastref} shrink ${reference} --signature '${one}'`);
  }
}
