/**
 * The step at which failure became certain: the first behind which every run that ends meets the signature, and the same of runs that
 * fail in any way. Exact: all runs from there were looked at.
 */
import type { Certainty } from './explanation.js';
import type { Outlook } from './outlook.js';
import type { Path } from './path.js';

/** @param paths before the first step and behind each; the last has met the signature */
export function certaintyOf(paths: readonly Path[], outlook: Outlook): Certainty {
  const first = (escapes: (state: number) => boolean): number => {
    const found = paths.findIndex(
      ({ standing, state }) => standing === 'met' || (standing === 'open' && !escapes(state)),
    );
    return found < 0 ? paths.length - 1 : found;
  };
  return {
    computed: true,
    states: outlook.states,
    signature: first((state) => outlook.avoids(state)),
    failure: first((state) => outlook.survives(state)),
  };
}
