/** The findings of a doctor, for people: what is wrong stands last, where the eye is. */
import type { Check } from '@lastref/contracts';
import { plural } from './numbers.js';

const ORDER: readonly Check['state'][] = ['ok', 'warning', 'fault'];
const WORDS: Readonly<Record<Check['state'], string>> = {
  ok: 'ok     ',
  warning: 'warning',
  fault: 'FAULT  ',
};

export function checksText(url: string, checks: readonly Check[]): string {
  const of = (state: Check['state']): readonly Check[] =>
    checks.filter((check) => check.state === state);
  const lines = ORDER.flatMap((state) => of(state).flatMap(linesOf));
  return [...lines, summary(url, of('fault').length, of('warning').length), ''].join('\n');
}

function linesOf({ name, state, found, advice }: Check): string[] {
  const line = `${WORDS[state]}  ${name}: ${found}`;
  return advice === undefined ? [line] : [line, `         -> ${advice}`];
}

function summary(url: string, faults: number, warnings: number): string {
  if (faults + warnings === 0) return `${url}: nothing is wrong`;
  if (faults === 0) return `${url}: no fault, ${plural(warnings, 'warning')}`;
  return `${url}: ${plural(faults, 'fault')}, ${plural(warnings, 'warning')}`;
}
