/**
 * The configuration of the control plane, checked whole at the start; what several processes read is in
 * the contracts, and where it listens and whom it believes in network.ts.
 */
import {
  ACCESS_TOKEN,
  commonEnvironment,
  type Environment,
  environmentInteger,
  environmentProblem,
  FAILPOINT_REFUSED,
  failpointIsAllowed,
} from '@lastref/contracts';
import { FAILPOINTS, type Failpoint, NOTIFY_PAUSE_MS } from '@lastref/storage';
import { z } from 'zod';
import {
  allowedHosts,
  allowedHostsSchema,
  hostSchema,
  ownUrl,
  publicUrlSchema,
  trustedProxiesSchema,
} from './network.js';

const environmentSchema = z
  .object({
    ...commonEnvironment,
    LASTREF_HOST: hostSchema.default('127.0.0.1'),
    LASTREF_PORT: environmentInteger(0, 65_535, 4747),
    LASTREF_SWEEP_MS: environmentInteger(20, 600_000, 2_000),
    LASTREF_FEED_MS: environmentInteger(10, 60_000, 250),
    LASTREF_NIGHTLY_MS: environmentInteger(20, 60_000, 1_000),
    LASTREF_REQUEUE_MS: environmentInteger(100, 600_000, 10_000),
    LASTREF_PUBLIC_URL: publicUrlSchema.optional(),
    LASTREF_ALLOWED_HOSTS: allowedHostsSchema,
    LASTREF_TRUSTED_PROXIES: trustedProxiesSchema,
    LASTREF_START_TOKEN: z.string().regex(ACCESS_TOKEN, 'must be a token').optional(),
    LASTREF_PROGRAMS_PER_MINUTE: environmentInteger(0, 1_000_000, 1_200),
    LASTREF_CAMPAIGNS_PER_MINUTE: environmentInteger(0, 1_000_000, 120),
    LASTREF_REPLAYS_PER_MINUTE: environmentInteger(0, 1_000_000, 600),
    LASTREF_OPERATIONS_PER_MINUTE: environmentInteger(0, 1_000_000, 120),
    LASTREF_PROGRAMS_PER_DAY: environmentInteger(0, 1_000_000, 10_000),
    LASTREF_CAMPAIGNS_PER_DAY: environmentInteger(0, 1_000_000, 2_000),
    LASTREF_NOTIFY_PAUSE_MS: environmentInteger(10, 3_600_000, NOTIFY_PAUSE_MS),
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
  /** How often it is looked whether a nightly is due. */
  nightlyMs: number;
  requeueMs: number;
  tracesUrl?: string;
  /** Where people reach the service, without a slash at its end: for links. */
  publicUrl: string;
  notifyPauseMs: number;
  /** Besides those of loopback. */
  allowedHosts: readonly string[];
  trustedProxies: readonly string[];
  /** Lets whoever started this process in, for as long as it runs. */
  startToken?: string;
  /** Requests of one origin; 0 is no limit. */
  perMinute: Readonly<Record<'programs' | 'campaigns' | 'replays' | 'operations', number>>;
  /** Made by one origin; 0 is no limit. */
  perDay: Readonly<Record<'programs' | 'campaigns', number>>;
  failpoint?: Failpoint;
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; message: string };

export function readConfig(environment: Environment): ConfigResult {
  const result = environmentSchema.safeParse(environment);
  if (!result.success) {
    return { ok: false, message: environmentProblem(environment, result.error) };
  }
  const env = result.data;
  const publicUrl = env.LASTREF_PUBLIC_URL ?? ownUrl(env.LASTREF_HOST, env.LASTREF_PORT);
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
      nightlyMs: env.LASTREF_NIGHTLY_MS,
      requeueMs: env.LASTREF_REQUEUE_MS,
      ...(env.LASTREF_TRACES_URL === undefined ? {} : { tracesUrl: env.LASTREF_TRACES_URL }),
      publicUrl,
      notifyPauseMs: env.LASTREF_NOTIFY_PAUSE_MS,
      allowedHosts: allowedHosts(env.LASTREF_HOST, publicUrl, env.LASTREF_ALLOWED_HOSTS),
      trustedProxies: env.LASTREF_TRUSTED_PROXIES,
      perMinute: {
        programs: env.LASTREF_PROGRAMS_PER_MINUTE,
        campaigns: env.LASTREF_CAMPAIGNS_PER_MINUTE,
        replays: env.LASTREF_REPLAYS_PER_MINUTE,
        operations: env.LASTREF_OPERATIONS_PER_MINUTE,
      },
      perDay: {
        programs: env.LASTREF_PROGRAMS_PER_DAY,
        campaigns: env.LASTREF_CAMPAIGNS_PER_DAY,
      },
      ...(env.LASTREF_START_TOKEN === undefined ? {} : { startToken: env.LASTREF_START_TOKEN }),
      ...(env.LASTREF_FAILPOINT === undefined ? {} : { failpoint: env.LASTREF_FAILPOINT }),
    },
  };
}
