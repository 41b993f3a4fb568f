/** Refuses a strategy that does not exist, with the nearest that does. */
import { parseStrategyName, PORTFOLIO, STRATEGIES } from '@lastref/exploration';
import { nearest } from '@lastref/kernel';
import { Problem } from '../http/problem.js';

export function checkStrategy(strategy: string): void {
  const parsed = strategy === PORTFOLIO ? null : parseStrategyName(strategy);
  if (parsed === null || parsed.ok) return;
  const message = `${parsed.message}, ${PORTFOLIO}`;
  const meant = nearest(strategy, STRATEGIES);
  const error = { pointer: '/strategy', message };
  throw new Problem('invalid-body', `/strategy: ${message}`, {
    errors: [meant === undefined ? error : { ...error, nearest: meant }],
  });
}
