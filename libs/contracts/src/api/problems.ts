/**
 * Problem details (RFC 9457). Every answer outside 2xx has this form. `slug` never changes its
 * meaning once released, so a client may branch on it; `detail` is for people and may be reworded.
 * `errors` points into the request body (or names a query parameter) and, where a name was nearly
 * right, says which one was probably meant.
 */
import { z } from 'zod';
import { MAX_PROBLEM_ERRORS, MAX_PROBLEM_TEXT } from './limits.js';

export const PROBLEMS = {
  'invalid-json': { status: 400, title: 'The body is not JSON that this service accepts' },
  'invalid-query': { status: 400, title: 'A path or query parameter is wrong' },
  'invalid-request': { status: 400, title: 'The request is malformed' },
  'token-required': { status: 401, title: 'An access token is needed' },
  'token-invalid': { status: 401, title: 'The access token is not valid' },
  'scope-insufficient': { status: 403, title: 'The access token does not allow this' },
  'host-not-allowed': { status: 403, title: 'The service does not answer under this name' },
  'origin-not-allowed': { status: 403, title: 'The request comes from another web page' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'method-not-allowed': { status: 405, title: 'This address does not know the method' },
  'campaign-over': { status: 409, title: 'The campaign has already ended' },
  'operation-over': { status: 409, title: 'The operation has already ended' },
  'not-incomplete': { status: 409, title: 'The campaign is not incomplete' },
  'incident-open': { status: 409, title: 'An incident of the campaign is open' },
  'incident-closed': { status: 409, title: 'The incident is closed already' },
  'idempotency-conflict': {
    status: 409,
    title: 'The idempotency key was used for another request',
  },
  'admin-token-needed': { status: 409, title: 'A valid token with scope admin must remain' },
  'name-taken': { status: 409, title: 'The name is taken' },
  'notification-delivered': { status: 409, title: 'The message has been delivered' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body must be application/json' },
  'invalid-body': { status: 422, title: 'The body does not have the expected form' },
  'invalid-program': { status: 422, title: 'The program is not valid' },
  'unknown-program': { status: 422, title: 'A program is not stored here' },
  'replay-refused': { status: 422, title: 'The run cannot be replayed' },
  'orders-refused': { status: 422, title: 'The program has no such orders' },
  'orders-too-long': {
    status: 422,
    title: 'The search takes too long to be answered synchronously',
  },
  'replay-too-long': { status: 422, title: 'The run is too long to be replayed synchronously' },
  'too-many': { status: 429, title: 'A limit of the service is reached' },
  'rate-limited': { status: 429, title: 'Too many requests of this kind from here' },
  internal: { status: 500, title: 'The service failed' },
  unavailable: { status: 503, title: 'The service cannot answer now' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemSlug = keyof typeof PROBLEMS;

/** The `type` member is this prefix and the slug. */
export const PROBLEM_TYPE_PREFIX = 'urn:lastref:problem:';

export const problemErrorSchema = z.object({
  pointer: z.string().describe('JSON pointer into the body, or ?name for a parameter'),
  message: z.string(),
  nearest: z.string().optional().describe('what was probably meant'),
});

export const problemSchema = z.object({
  type: z.string().describe(`${PROBLEM_TYPE_PREFIX}<slug>`),
  slug: z.string().describe('stable name of the problem'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string().optional().describe('id of the request in the logs of the service'),
  errors: z
    .array(problemErrorSchema)
    .optional()
    .describe(
      `the first ${MAX_PROBLEM_ERRORS}; texts longer than ${MAX_PROBLEM_TEXT} are cut and end in …`,
    ),
});

export type ProblemError = z.infer<typeof problemErrorSchema>;
export type ProblemDetails = z.infer<typeof problemSchema>;
