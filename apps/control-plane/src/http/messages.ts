/**
 * What zod finds wrong, in words that say what to send instead. They complete "/programs/3 ..." and stand where a schema
 * of the contract has none of its own.
 */
import type { z } from 'zod';

const NOUNS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'an integer',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' items' };

const bound = (
  { origin, inclusive }: z.core.$ZodRawIssue<z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall>,
  words: { at: string; past: string },
  limit: number | bigint,
): string => {
  const unit = UNITS[origin];
  if (unit !== undefined) return `must have ${words.at} ${limit}${unit}`;
  return `must be ${inclusive === false ? words.past : words.at} ${limit}`;
};

export function messageOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${NOUNS[issue.expected] ?? issue.expected}`;
    case 'too_big':
      return bound(issue, { at: 'at most', past: 'less than' }, issue.maximum);
    case 'too_small':
      return bound(issue, { at: 'at least', past: 'more than' }, issue.minimum);
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}`;
    default:
      return undefined;
  }
}
