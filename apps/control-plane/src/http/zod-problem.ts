/**
 * From zod's issues to a problem: one error per issue with a JSON pointer, or `?name` for a parameter
 * of the path or query, and what stands there instead of what was expected. For a field that does not exist, the nearest one
 * that does is named. No more errors are made than a problem shows.
 */
import { MAX_PROBLEM_ERRORS, type ProblemError, type ProblemSlug } from '@lastref/contracts';
import { nearest } from '@lastref/kernel';
import type { z } from 'zod';
import { Problem } from './problem.js';
import { shown } from './shown.js';

export type Place = 'body' | 'query' | 'param';

/** A name longer than this is no misspelling of one of ours. */
const LONGEST_NAME = 40;

export function problemOf(
  error: z.core.$ZodError,
  value: unknown,
  place: Place,
  known: readonly string[],
): Problem {
  const errors = error.issues
    .slice(0, MAX_PROBLEM_ERRORS)
    .flatMap((issue) => errorsOf(issue, value, place, known));
  const slug: ProblemSlug = place === 'body' ? 'invalid-body' : 'invalid-query';
  const first = errors[0];
  const where = first === undefined || first.pointer === '' ? 'the request' : first.pointer;
  return new Problem(slug, `${where}: ${first?.message ?? 'is not valid'}`, { errors });
}

function errorsOf(
  issue: z.core.$ZodIssue,
  value: unknown,
  place: Place,
  known: readonly string[],
): ProblemError[] {
  if (issue.code !== 'unrecognized_keys') {
    const message = withValue(issue.message, valueAt(value, issue.path));
    return [{ pointer: pointerTo(issue.path, place), message }];
  }
  return issue.keys.slice(0, MAX_PROBLEM_ERRORS).map((key) => {
    const isOurs = issue.path.length === 0 && key.length <= LONGEST_NAME;
    const meant = isOurs ? nearest(key, known) : undefined;
    const error = { pointer: pointerTo([...issue.path, key], place), message: 'is not known here' };
    return meant === undefined ? error : { ...error, nearest: meant };
  });
}

/** Schemas word what must be; what is, is added where it can be shown. */
function withValue(message: string, value: unknown): string {
  if (!message.startsWith('must ')) return message;
  return value === undefined ? `is missing: ${message}` : `${message}, not ${shown(value)}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step)
        ? (at as Record<PropertyKey, unknown>)[step]
        : undefined,
    value,
  );
}

function pointerTo(path: readonly PropertyKey[], place: Place): string {
  const steps = path.map(String);
  if (place !== 'body') return `?${steps.join('.')}`;
  return steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
