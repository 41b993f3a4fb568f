/** Refuses settings of a nightly that the contract lets pass: when, where and what must exist. All that is wrong is told at once. */
import type { NightlyEdit, ProblemError } from '@lastref/contracts';
import { nearest } from '@lastref/kernel';
import { type CurrentProgram, programsUnder } from '@lastref/storage';
import { checkStrategy } from '../campaigns/check-strategy.js';
import { Problem } from '../http/problem.js';
import { checkSchedule, type Schedule } from './schedule/check-schedule.js';

/** @param schedule as it will stand, whichever part of it changes */
export function checkNightly(
  { strategy, programs }: Pick<NightlyEdit, 'strategy' | 'programs'>,
  schedule: Schedule,
  current: readonly CurrentProgram[],
  now: Date,
): void {
  if (strategy !== undefined) checkStrategy(strategy);
  const unknown = (programs ?? []).flatMap((reference, index) =>
    referenceErrors(reference, `/programs/${index}`, current),
  );
  refuse('invalid-body', checkSchedule(schedule, now));
  refuse('unknown-program', unknown);
}

function refuse(slug: 'invalid-body' | 'unknown-program', errors: ProblemError[]): void {
  const [first] = errors;
  if (first === undefined) return;
  throw new Problem(slug, `${first.pointer}: ${first.message}`, { errors });
}

function referenceErrors(
  reference: string,
  pointer: string,
  current: readonly CurrentProgram[],
): ProblemError[] {
  if (programsUnder([reference], current).length > 0) return [];
  const depth = reference.split('/').length;
  const names = [
    ...new Set(current.map(({ address }) => address.split('/').slice(0, depth).join('/'))),
  ];
  const meant = nearest(reference, names);
  const error = { pointer, message: `no program is stored under ${reference}; push it first` };
  return [meant === undefined ? error : { ...error, nearest: meant }];
}
