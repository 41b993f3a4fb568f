/** The absorption of a program's chain, with what it means wherever runs can stay for ever. */
import { addressOf, type Program } from '@lastref/kernel';
import { judgeEndless } from '../search/endless.js';
import { loopHeads } from '../search/livelock.js';
import { Absorption } from './absorption.js';
import { OUTSIDE, type Chain } from './chain.js';

export interface Refused {
  readonly ok: false;
  readonly message: string;
}

export const tooLarge = (program: Program, maxStates: number): Refused => ({
  ok: false,
  message: `${addressOf(program)} has more than ${maxStates} states; raise the limit, or sample it`,
});

export function absorptionOf(program: Program, chain: Chain): Absorption {
  const heads = loopHeads(program);
  const restore = (state: number): void => {
    chain.restore(state);
  };
  return new Absorption(chain, (members) => {
    const ordered = [...members].sort((a, b) => a - b);
    const endless = judgeEndless(chain.graph.machine, ordered, heads, restore);
    switch (endless.kind) {
      case 'livelock':
        return [endless.signature, ...chain.reports()];
      case 'outside':
        return [OUTSIDE, ...chain.reports()];
      case 'poller':
        return chain.reports();
    }
  });
}
