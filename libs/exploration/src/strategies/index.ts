/** The strategies by name. */
import { RandomWalk } from './random-walk.js';
import type { Strategy } from './strategy.js';

/** Names of all strategies this engine runs. */
export const STRATEGIES: readonly string[] = ['rw/1'];

/** A strategy by its full name, or undefined. */
export function strategyByName(name: string): Strategy | undefined {
  return name === 'rw/1' ? new RandomWalk() : undefined;
}
