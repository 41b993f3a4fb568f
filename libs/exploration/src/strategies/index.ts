/**
 * The strategies by name. Each is a pure function of (program, parameters, seed): what one knows of the program comes
 * from the program's profile, never from seeds that ran earlier.
 */
import { assertNever, tablesOf, type Program } from '@lastref/kernel';
import { loopHeads } from '../search/livelock.js';
import { DelayBounded } from './delay-bounded.js';
import { parseStrategyName, type StrategyName } from './names.js';
import { Pair } from './pair.js';
import { Pct } from './pct.js';
import { Pos } from './pos.js';
import { PreemptionBounded } from './preemption-bounded.js';
import { profileOf } from './profile.js';
import { RandomWalk } from './random-walk.js';
import type { Strategy } from './strategy.js';
import { Surw } from './surw.js';
import { Urw } from './urw.js';

export { parseStrategyName, STRATEGIES } from './names.js';

export type FoundStrategy =
  | { readonly ok: true; readonly strategy: Strategy }
  | { readonly ok: false; readonly message: string };

/** A strategy for a program by its full name; the message of a refusal lists what exists. */
export function strategyByName(program: Program, text: string): FoundStrategy {
  const parsed = parseStrategyName(text);
  return parsed.ok ? { ok: true, strategy: strategyOf(program, parsed.name) } : parsed;
}

function strategyOf(program: Program, { text, family, values }: StrategyName): Strategy {
  const tasks = tablesOf(program).layout.tasks.length;
  const contested = (): number => profileOf(program).contested;
  switch (family) {
    case 'rw/1':
      return new RandomWalk();
    case 'pct/1':
      return new Pct(text, tasks, values.get('d') ?? 1, values.get('k') ?? contested());
    case 'pos/1':
      return new Pos(text, tasks, contested());
    case 'urw/2':
      return new Urw(text, program, profileOf(program));
    case 'surw/2':
      return new Surw(text, program, profileOf(program));
    case 'pair/1':
      return new Pair(text, program, profileOf(program), values.get('d') ?? 1, values.has('p'));
    case 'pb/1':
      return new PreemptionBounded(text, values.get('c') ?? 0, contested());
    case 'db/1':
      return new DelayBounded(text, values.get('d') ?? 0, contested(), loopHeads(program));
    default:
      return assertNever(family);
  }
}
