/**
 * The small values every contract is built from: digests, addresses, seeds, strategies, signatures.
 * Each has one schema with one message, so that a wrong value reads the same wherever it is sent.
 * The schemas check form only; whether a thing exists is the server's answer.
 */
import { z } from 'zod';
import { MAX_SCHEDULE, MAX_SIGNATURE } from './limits.js';

export const digestSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be a digest: 64 lower-case hexadecimal digits')
  .describe('SHA-256, 64 lower-case hexadecimal digits');

export const programNameSchema = z
  .string()
  .regex(
    /^[0-9a-f]{32}([0-9a-f]{32})?$/,
    'must be a digest, or the first 32 of its 64 hexadecimal digits',
  )
  .describe('a digest, or the first 32 of its digits, as a replay token names its program');

const SLUG = '[a-z0-9-][a-z0-9.-]{0,47}';

export const slugSchema = z
  .string()
  .regex(new RegExp(`^${SLUG}$`), 'must be 1 to 48 characters of a-z, 0-9, - and .');

export const addressSchema = z
  .string()
  .regex(
    new RegExp(`^${SLUG}/${SLUG}(/${SLUG})?$`),
    'must be an address: scenario/variant or scenario/variant/case',
  )
  .describe('scenario/variant or scenario/variant/case; without a case, `main` is meant');

export const programSetSchema = z
  .string()
  .regex(
    new RegExp(`^${SLUG}(/${SLUG}(/${SLUG})?)?$`),
    'must be a scenario, scenario/variant or scenario/variant/case',
  )
  .describe('a scenario, a variant or an address: every program stored under it');

export const programReferenceSchema = z
  .string()
  .regex(
    new RegExp(`^([0-9a-f]{64}|${SLUG}/${SLUG}(/${SLUG})?)$`),
    'must be an address (scenario/variant/case) or a digest of 64 hexadecimal digits',
  )
  .describe('an address, meaning the program stored last under it, or a digest');

export const seedSchema = z
  .int('must be an integer from 0 to 2^53-1')
  .min(0, 'must be 0 or more')
  .describe('an integer from 0 to 2^53-1');

export const countSchema = z.int().min(0);

const STRATEGY = '[a-z]{1,16}\\/[0-9]{1,4}(:[a-z0-9=,]{1,80})?';

export const strategySchema = z
  .string()
  .regex(new RegExp(`^${STRATEGY}$`), 'must be a strategy such as rw/1')
  .describe('a strategy with its version, such as rw/1');

/** What a campaign may run: the portfolio is no strategy, it deals seeds to all of them. */
const PORTFOLIO = 'portfolio';

export const campaignStrategySchema = z
  .string()
  .regex(
    new RegExp(`^(${PORTFOLIO}|${STRATEGY})$`),
    `must be a strategy such as rw/1, or ${PORTFOLIO}`,
  )
  .describe(`a strategy with its version, such as rw/1, or ${PORTFOLIO} for all of them in rounds`);

export const scheduleSchema = z
  .string()
  .max(MAX_SCHEDULE)
  .regex(/^[0-9a-z]*$/, 'must be a schedule: one character of 0-9 and a-z per choice')
  .describe('all choices of one run, one character each');

export const signatureSchema = z
  .string()
  .min(1)
  .max(MAX_SIGNATURE)
  .describe('what identifies a failure or a report, for instance deadlock@f(lock)+g(lock)');

export const timeSchema = z.iso.datetime().describe('an instant in UTC');

export const idSchema = z.int().min(1).describe('an id of this service');

/** An id where only text can stand: in a path or a query. */
export const idTextSchema = z
  .string()
  .regex(/^[1-9][0-9]{0,14}$/, 'must be an id: a positive integer')
  .transform(Number)
  .describe('an id of this service');

export type Digest = z.infer<typeof digestSchema>;
export type Seed = z.infer<typeof seedSchema>;
