/**
 * How a process reads its environment: once, at its start, checked whole. A wrong value is one line that
 * says which variable, what it holds and what would do; nothing is silently replaced, and the values of secrets
 * never appear. The variables that several processes read are here, so that they mean the same in each.
 */
import { z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

const SECRETS: ReadonlySet<string> = new Set(['DATABASE_URL', 'REDIS_URL', 'LASTREF_START_TOKEN']);

export function environmentInteger(
  least: number,
  most: number,
  fallback: number,
): z.ZodType<number> {
  return z
    .string()
    .regex(/^[0-9]{1,10}$/, `must be an integer from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`)
    .optional()
    .transform((value) => value ?? fallback);
}

function serverUrl(protocol: RegExp, form: string): z.ZodType<string> {
  const error = ({ input }: { input?: unknown }): string =>
    input === undefined ? `must be set, to ${form}` : `must be ${form}`;
  return z.url({ protocol, error });
}

/** What every process of the service reads. */
export const commonEnvironment = {
  NODE_ENV: z.string().optional(),
  DATABASE_URL: serverUrl(/^postgres(ql)?$/, 'postgresql://user:password@host:port/database'),
  REDIS_URL: serverUrl(/^rediss?$/, 'redis://:password@host:port'),
  LASTREF_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info'),
  LASTREF_QUEUE_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 characters of A-Z, a-z, 0-9, _ and -')
    .default('lastref'),
  LASTREF_LEASE_MS: environmentInteger(200, 3_600_000, 15_000),
  /** Where traces are sent, by OTLP over HTTP; without it nothing is traced. */
  LASTREF_TRACES_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL such as http://collector:4318/v1/traces' })
    .optional(),
};

/** A failpoint ends its process somewhere on purpose: only tests may arm one. */
export function failpointIsAllowed(environment: {
  NODE_ENV?: string | undefined;
  LASTREF_FAILPOINT?: string | undefined;
}): boolean {
  return environment.LASTREF_FAILPOINT === undefined || environment.NODE_ENV === 'test';
}

export const FAILPOINT_REFUSED = {
  path: ['LASTREF_FAILPOINT'],
  message: 'ends the process on purpose: only under NODE_ENV=test',
};

export function environmentProblem(environment: Environment, error: z.ZodError): string {
  const problems = error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    const value = environment[name];
    const shown = value === undefined || SECRETS.has(name) ? '' : ` (it is "${value}")`;
    return `${name} ${message}${shown}`;
  });
  return `wrong configuration: ${problems.join('; ')}`;
}
