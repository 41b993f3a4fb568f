/** What a due time does, by what of its nightly still runs or waits. Pure. */
import type { Overlap } from '@lastref/contracts';

export type Decision = 'start' | 'skip' | 'queue' | 'replace';

export function decide(policy: Overlap, runs: boolean, waits: boolean): Decision {
  if (!runs && !waits) return 'start';
  switch (policy) {
    case 'skip':
      return 'skip';
    case 'queue':
      return waits ? 'skip' : 'queue';
    case 'replace':
      return 'replace';
  }
}
