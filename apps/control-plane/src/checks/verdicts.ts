/** The three kinds of answer to a check. */
import type { Check } from '@lastref/contracts';

export const ok = (name: string, found: string): Check => ({ name, state: 'ok', found });

export const warning = (name: string, found: string, advice: string): Check => ({
  name,
  state: 'warning',
  found,
  advice,
});

export const fault = (name: string, found: string, advice: string): Check => ({
  name,
  state: 'fault',
  found,
  advice,
});
