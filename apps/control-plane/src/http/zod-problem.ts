/**
 * From zod's issues to a problem: one error per issue with a JSON pointer, or `?name` for a parameter
 * of the path or query. For a field that does not exist, the nearest one that does is named.
 */
import { nearest } from '@lastref/kernel';
import type { ProblemError, ProblemSlug } from '@lastref/contracts';
import type { z } from 'zod';
import { Problem } from './problem.js';

export type Place = 'body' | 'query' | 'param';

export function problemOf(
  error: z.core.$ZodError,
  place: Place,
  known: readonly string[],
): Problem {
  const errors = error.issues.flatMap((issue) => errorsOf(issue, place, known));
  const slug: ProblemSlug = place === 'body' ? 'invalid-body' : 'invalid-query';
  const first = errors[0];
  const where = first === undefined || first.pointer === '' ? 'the request' : first.pointer;
  return new Problem(slug, `${where}: ${first?.message ?? 'is not valid'}`, { errors });
}

function errorsOf(issue: z.core.$ZodIssue, place: Place, known: readonly string[]): ProblemError[] {
  if (issue.code !== 'unrecognized_keys') {
    return [{ pointer: pointerTo(issue.path, place), message: issue.message }];
  }
  return issue.keys.map((key) => {
    const meant = issue.path.length === 0 ? nearest(key, known) : undefined;
    const error = { pointer: pointerTo([...issue.path, key], place), message: 'is not known here' };
    return meant === undefined ? error : { ...error, nearest: meant };
  });
}

function pointerTo(path: readonly PropertyKey[], place: Place): string {
  const steps = path.map(String);
  if (place !== 'body') return `?${steps.join('.')}`;
  return steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
