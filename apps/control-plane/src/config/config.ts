/**
 * The configuration of the control plane, checked whole at the start; what several processes read is in
 * the contracts. It listens on this machine only until there are access tokens.
 */
import {
  commonEnvironment,
  type Environment,
  environmentInteger,
  environmentProblem,
  FAILPOINT_REFUSED,
  failpointIsAllowed,
} from '@lastref/contracts';
import { FAILPOINTS, type Failpoint } from '@lastref/storage';
import { z } from 'zod';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1']);

const environmentSchema = z
  .object({
    ...commonEnvironment,
    LASTREF_HOST: z
      .string()
      .refine(
        (host) => LOOPBACK.has(host),
        'must be 127.0.0.1, localhost or ::1: the service has no access tokens yet, so it is reachable ' +
          'from this machine only',
      )
      .default('127.0.0.1'),
    LASTREF_PORT: environmentInteger(0, 65_535, 4747),
    LASTREF_SWEEP_MS: environmentInteger(20, 600_000, 2_000),
    LASTREF_FEED_MS: environmentInteger(10, 60_000, 250),
    LASTREF_REQUEUE_MS: environmentInteger(100, 600_000, 10_000),
    LASTREF_FAILPOINT: z.enum(FAILPOINTS).optional(),
  })
  .refine(failpointIsAllowed, FAILPOINT_REFUSED);

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
  tracesUrl?: string;
  failpoint?: Failpoint;
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; message: string };

export function readConfig(environment: Environment): ConfigResult {
  const result = environmentSchema.safeParse(environment);
  if (!result.success) {
    return { ok: false, message: environmentProblem(environment, result.error) };
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
      ...(env.LASTREF_TRACES_URL === undefined ? {} : { tracesUrl: env.LASTREF_TRACES_URL }),
      ...(env.LASTREF_FAILPOINT === undefined ? {} : { failpoint: env.LASTREF_FAILPOINT }),
    },
  };
}
