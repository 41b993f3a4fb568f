/**
 * What a strategy promises about bugs it has not shown, as the sentence that reports print. `p` is the probability per
 * run by the strategy's own bound; after N runs a bug is missed with (1 - p)^N. Without any failure the bound that needs
 * no theory stands beside it: with 95 % confidence fewer than 3/N of the strategy's runs fail. Runs that were cut count as
 * possible failures there, and keep no promise.
 */
import { assertNever, tablesOf, type Program } from '@lastref/kernel';
import { failureBound, type RunCounts } from '../sampling/run-counts.js';
import { parseStrategyName, type StrategyName } from './names.js';
import { digits, logFactorial, missed, power } from './logarithms.js';
import { profileOf } from './profile.js';
import { interleavingPromise, pairPromise, selectivePromise } from './uniform-promises.js';

/** @param text a name that parseStrategyName accepts */
export function boundText(program: Program, text: string, counts: RunCounts): string {
  const parsed = parseStrategyName(text);
  if (!parsed.ok) return parsed.message;
  const { schedules, failed, clean } = counts;
  if (schedules === 0) return 'no schedule ran: nothing is known';
  const rate = failed > 0 ? [] : [rateText(text, counts)];
  const ended = failed + clean;
  return [...rate, ...(ended === 0 ? [] : [promiseOf(program, parsed.name, ended)])].join('; ');
}

/** What runs without a failure say of all of the strategy's runs, whatever the program. */
export function rateText(strategy: string, counts: RunCounts): string {
  const { schedules, outside, cut } = counts;
  const bound = failureBound(counts);
  const where = outside > 0 ? ' inside the case' : '';
  if (bound === null || cut === schedules - outside)
    return `no run of ${strategy}${where} ended: nothing is known of how many fail`;
  const how = cut === 0 ? '3/n' : 'each run that was cut counted as a failure';
  return `with 95 % confidence fewer than ${digits(bound)} of ${strategy}'s runs${where} fail (${how})`;
}

function promiseOf(program: Program, name: StrategyName, schedules: number): string {
  const n = tablesOf(program).layout.tasks.length;
  const profile = profileOf(program);
  const k = name.values.get('k') ?? profile.contested;
  const sizes = `n = ${n} tasks, k = ${k} contested steps`;
  const least = (what: string, log: number): string =>
    `${what} is missed with p <= ${missed(log, schedules)} (${power(log)} a run)`;
  switch (name.family) {
    case 'rw/1':
      return `every schedule is possible, any one of k contested steps with p >= n^-k = ${power(-k * Math.log10(n))} (${sizes})`;
    case 'pct/1': {
      const d = name.values.get('d') ?? 1;
      const log = -Math.log10(n) - (d - 1) * Math.log10(k);
      return `${least(`a depth-${d} bug`, log)}, by 1/(n k^(d-1)) with ${sizes}`;
    }
    case 'pos/1':
      return 'every schedule is possible, no bound is stated';
    case 'urw/2':
      return interleavingPromise(program);
    case 'surw/2':
      return selectivePromise(program, profile);
    case 'pair/1':
      return pairPromise(program, name.values.get('d') ?? 1);
    case 'pb/1': {
      const c = name.values.get('c') ?? 0;
      const switches = c + n - 1;
      const log =
        logFactorial(c) - Math.log10(c + 1) - c * Math.log10(k) - switches * Math.log10(n);
      return `${least(`a run with ${c} preemptions and n-1 free switches`, log)}, by c!/((c+1) k^c n^(c+n-1)) with ${sizes}`;
    }
    case 'db/1': {
      const d = name.values.get('d') ?? 0;
      const log = -Math.log10(d + 1) - d * Math.log10(k);
      return `${least(`a bug that ${d} delays lead to`, log)}, by 1/((d+1) k^d) with ${sizes}`;
    }
    default:
      return assertNever(name.family);
  }
}
