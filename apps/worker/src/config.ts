/**
 * The configuration of a worker, checked whole at the start; what several processes read is in the contracts.
 */
import {
  commonEnvironment,
  type Environment,
  environmentInteger,
  environmentProblem,
  FAILPOINT_REFUSED,
  failpointIsAllowed,
} from '@lastref/contracts';
import { AUDITED_PERMILLE, FAILPOINTS, type Failpoint } from '@lastref/storage';
import { availableParallelism, totalmem } from 'node:os';
import { z } from 'zod';

const MOST_THREADS = 512;
const PERMILLE = 1_000;

/** Of the memory of a machine, what its searches may take unless told otherwise. */
const SEARCH_PART = 4;
const MIB = 1024 * 1024;
const MOST_SEARCH_MB = 1024 * 1024;
const searchMb = (): number => Math.max(64, Math.floor(totalmem() / SEARCH_PART / MIB));

const environmentSchema = z
  .object({
    ...commonEnvironment,
    LASTREF_THREADS: environmentInteger(1, MOST_THREADS, Math.max(1, availableParallelism() - 1)),
    LASTREF_AUDIT_PERMILLE: environmentInteger(0, PERMILLE, AUDITED_PERMILLE),
    LASTREF_STALL_MS: environmentInteger(200, 3_600_000, 30_000),
    LASTREF_SEARCH_MB: environmentInteger(1, MOST_SEARCH_MB, searchMb()),
    LASTREF_FAILPOINT: z.enum(FAILPOINTS).optional(),
  })
  .refine(failpointIsAllowed, FAILPOINT_REFUSED);

export interface Config {
  databaseUrl: string;
  redis: { url: string; prefix: string };
  threads: number;
  leaseMs: number;
  /** The share of all shards that is run again elsewhere, from 0 to 1. */
  audited: number;
  /** A worker that begins nothing for so long while work waits ends. */
  stallMs: number;
  tracesUrl: string | undefined;
  /** What all searches of this process may hold at a time. */
  searchBytes: number;
  logLevel: string;
  failpoint: Failpoint | undefined;
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
      redis: { url: env.REDIS_URL, prefix: env.LASTREF_QUEUE_PREFIX },
      threads: env.LASTREF_THREADS,
      leaseMs: env.LASTREF_LEASE_MS,
      audited: env.LASTREF_AUDIT_PERMILLE / PERMILLE,
      stallMs: env.LASTREF_STALL_MS,
      tracesUrl: env.LASTREF_TRACES_URL,
      searchBytes: env.LASTREF_SEARCH_MB * MIB,
      logLevel: env.LASTREF_LOG_LEVEL,
      failpoint: env.LASTREF_FAILPOINT,
    },
  };
}
