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
import { FAILPOINTS, type Failpoint, NOTIFY_PAUSE_MS } from '@lastref/storage';
import { z } from 'zod';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1']);

/** An origin: links are made by adding a path. */
const publicUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:\/\/[^/?#@]+\/?$/.test(text),
    'must be where people reach the service, such as https://lastref.example.com, without a path',
  )
  .transform((text) => new URL(text).origin);

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
    LASTREF_NIGHTLY_MS: environmentInteger(20, 60_000, 1_000),
    LASTREF_REQUEUE_MS: environmentInteger(100, 600_000, 10_000),
    LASTREF_PUBLIC_URL: publicUrl.optional(),
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
  /** Where people reach the service, without a slash at its end: for links. */
  publicUrl: string;
  notifyPauseMs: number;
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
      nightlyMs: env.LASTREF_NIGHTLY_MS,
      requeueMs: env.LASTREF_REQUEUE_MS,
      publicUrl: env.LASTREF_PUBLIC_URL ?? ownUrl(env.LASTREF_HOST, env.LASTREF_PORT),
      notifyPauseMs: env.LASTREF_NOTIFY_PAUSE_MS,
      ...(env.LASTREF_FAILPOINT === undefined ? {} : { failpoint: env.LASTREF_FAILPOINT }),
    },
  };
}

function ownUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
