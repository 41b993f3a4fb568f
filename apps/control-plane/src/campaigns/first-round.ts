/**
 * Whether a campaign runs in rounds, and its first one. It does where seeds are dealt to several strategies or a rule may
 * stop it before its last seed; one strategy that runs all of its seeds has nothing to decide on the way.
 */
import type { CampaignRequest } from '@lastref/contracts';
import { allocate, planOf, PORTFOLIO } from '@lastref/exploration';
import type { CampaignRounds } from '@lastref/storage';

export function firstRound({
  strategy,
  stop = 'count',
  seedFrom,
  schedules,
}: Pick<CampaignRequest, 'strategy' | 'stop' | 'seedFrom' | 'schedules'>):
  CampaignRounds | undefined {
  if (strategy !== PORTFOLIO && stop === 'count') return undefined;
  const plan = planOf(strategy, seedFrom, schedules);
  return { stop, shares: plan.shares, first: allocate(0, [], plan) };
}
