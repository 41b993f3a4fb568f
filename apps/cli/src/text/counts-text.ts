/** How sampled runs ended, and how often something is seen among them. */
import type { RunCounts } from '@lastref/exploration';
import { count } from './numbers.js';

/** `3 failed, 95 clean, 1 left the case, 1 cut at the step limit`. */
export function countsText({ failed, clean, outside, cut }: RunCounts): string {
  return [
    `${count(failed)} failed`,
    `${count(clean)} clean`,
    ...(outside > 0 ? [`${count(outside)} left the case: neither clean nor failed`] : []),
    ...(cut > 0 ? [`${count(cut)} cut at the step limit: neither clean nor failed`] : []),
  ].join(', ');
}

/** `1 in 461`; above one half, where that would say nothing, `70 % of them`. */
export function shareText(share: number): string {
  if (share > 0.5) return `${Math.floor(share * 1000) / 10} % of them`;
  const runs = 1 / share;
  return `1 in ${runs < 10 ? Math.round(runs * 10) / 10 : count(Math.round(runs))}`;
}
