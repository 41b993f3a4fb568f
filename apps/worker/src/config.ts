/**
 * The configuration of a worker: read from the environment once, at the start, and checked whole. A wrong
 * value is one line that says which variable and what would do; secrets never appear in it.
 */
import { DEFAULT_PREFIX, LEASE_MS } from '@lastref/queue';
import { FAILPOINTS } from '@lastref/storage';
import { availableParallelism } from 'node:os';
import { z } from 'zod';

const integer = (least: number, most: number): z.ZodType<number> =>
  z
    .string()
    .regex(/^[0-9]{1,9}$/, `must be an integer from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`);

const url = (protocols: readonly string[], form: string): z.ZodType<string> =>
  z
    .string({ error: `must be set, to ${form}` })
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be ${form}`,
    );

const environmentSchema = z
  .object({
    NODE_ENV: z.string().optional(),
    DATABASE_URL: url(
      ['postgres:', 'postgresql:'],
      'postgresql://user:password@host:port/database',
    ),
    REDIS_URL: url(['redis:', 'rediss:'], 'redis://:password@host:port'),
    LASTREF_THREADS: integer(1, 512).optional(),
    LASTREF_LEASE_MS: integer(200, 3_600_000).optional(),
    LASTREF_QUEUE_PREFIX: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 characters of A-Z, a-z, 0-9, _ and -')
      .default(DEFAULT_PREFIX),
    LASTREF_LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default('info'),
    LASTREF_FAILPOINT: z.enum(FAILPOINTS).optional(),
  })
  .refine((env) => env.LASTREF_FAILPOINT === undefined || env.NODE_ENV === 'test', {
    path: ['LASTREF_FAILPOINT'],
    message: 'crashes the process: only under NODE_ENV=test',
  });

type Environment = z.infer<typeof environmentSchema>;

export interface Config {
  databaseUrl: string;
  redis: { url: string; prefix: string };
  threads: number;
  leaseMs: number;
  logLevel: Environment['LASTREF_LOG_LEVEL'];
  failpoint: Environment['LASTREF_FAILPOINT'];
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; message: string };

export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
): ConfigResult {
  const result = environmentSchema.safeParse(environment);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    return { ok: false, message: `wrong configuration: ${problems.join('; ')}` };
  }
  const env = result.data;
  return {
    ok: true,
    config: {
      databaseUrl: env.DATABASE_URL,
      redis: { url: env.REDIS_URL, prefix: env.LASTREF_QUEUE_PREFIX },
      threads: env.LASTREF_THREADS ?? Math.max(1, availableParallelism() - 1),
      leaseMs: env.LASTREF_LEASE_MS ?? LEASE_MS,
      logLevel: env.LASTREF_LOG_LEVEL,
      failpoint: env.LASTREF_FAILPOINT,
    },
  };
}
