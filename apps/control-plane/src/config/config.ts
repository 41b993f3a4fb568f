/**
 * The configuration of the control plane: read from the environment once, at the start, and checked
 * whole. A wrong value is an answer with one line that says which variable, what it holds and what
 * would do; nothing is silently replaced. Secrets (the two URLs) never appear in that line.
 */
import { FAILPOINTS, type Failpoint } from '@lastref/storage';
import { z } from 'zod';

const SECRETS: ReadonlySet<string> = new Set(['DATABASE_URL', 'REDIS_URL']);
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1']);

const integer = (least: number, most: number, fallback: number): z.ZodType<number> =>
  z
    .string()
    .regex(/^[0-9]{1,10}$/, `must be an integer from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`)
    .optional()
    .transform((value) => value ?? fallback);

const url = (protocols: RegExp, form: string): z.ZodType<string> =>
  z
    .string({ error: `must be set, to ${form}` })
    .refine(
      (text) => URL.canParse(text) && protocols.test(new URL(text).protocol),
      `must be ${form}`,
    );

const environmentSchema = z.object({
  DATABASE_URL: url(/^postgres(ql)?:$/, 'postgresql://user:password@host:port/database'),
  REDIS_URL: url(/^rediss?:$/, 'redis://:password@host:port'),
  LASTREF_HOST: z
    .string()
    .refine(
      (host) => LOOPBACK.has(host),
      'must be 127.0.0.1, localhost or ::1: the service has no access tokens yet, so it is reachable ' +
        'from this machine only',
    )
    .default('127.0.0.1'),
  LASTREF_PORT: integer(0, 65_535, 4747),
  LASTREF_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info'),
  LASTREF_QUEUE_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 characters of A-Z, a-z, 0-9, _ and -')
    .default('lastref'),
  LASTREF_LEASE_MS: integer(200, 3_600_000, 15_000),
  LASTREF_SWEEP_MS: integer(20, 600_000, 2_000),
  LASTREF_FEED_MS: integer(10, 60_000, 250),
  LASTREF_REQUEUE_MS: integer(100, 600_000, 10_000),
  LASTREF_FAILPOINT: z.enum(FAILPOINTS).optional(),
});

export interface Config {
  databaseUrl: string;
  redisUrl: string;
  host: string;
  port: number;
  logLevel: string;
  queuePrefix: string;
  leaseMs: number;
  sweepMs: number;
  feedMs: number;
  requeueMs: number;
  failpoint?: Failpoint;
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; message: string };

export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
): ConfigResult {
  if (environment['LASTREF_FAILPOINT'] !== undefined && environment['NODE_ENV'] !== 'test') {
    return {
      ok: false,
      message: 'LASTREF_FAILPOINT crashes the process: only under NODE_ENV=test',
    };
  }
  const result = environmentSchema.safeParse(environment);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      const value = environment[name];
      const shown = value === undefined || SECRETS.has(name) ? '' : ` (it is "${value}")`;
      return `${name} ${issue.message}${shown}`;
    });
    return { ok: false, message: `wrong configuration: ${problems.join('; ')}` };
  }
  const env = result.data;
  return {
    ok: true,
    config: {
      databaseUrl: env.DATABASE_URL,
      redisUrl: env.REDIS_URL,
      host: env.LASTREF_HOST,
      port: env.LASTREF_PORT,
      logLevel: env.LASTREF_LOG_LEVEL,
      queuePrefix: env.LASTREF_QUEUE_PREFIX,
      leaseMs: env.LASTREF_LEASE_MS,
      sweepMs: env.LASTREF_SWEEP_MS,
      feedMs: env.LASTREF_FEED_MS,
      requeueMs: env.LASTREF_REQUEUE_MS,
      ...(env.LASTREF_FAILPOINT === undefined ? {} : { failpoint: env.LASTREF_FAILPOINT }),
    },
  };
}
