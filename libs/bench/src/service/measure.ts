/**
 * What the service costs. (1) Schedules per second of a campaign through PostgreSQL, Redis and one worker thread, beside the
 * same schedules in the command line on one thread: interleaved, each first in turn. (2) What a large campaign leaves in Redis
 * and in PostgreSQL. Both go by the wall clock, so a round in which something waited for a processor says little.
 */
import { cpus } from 'node:os';
import { isRefusal, type Refusal } from '../refusal.js';
import { median } from '../rounds/rounds.js';
import type { Surroundings } from '../surroundings.js';
import { hunt, push, serve, type Run } from './campaign.js';
import { startOwnService, type OwnService } from './own-service.js';
import { sizesOf, versionsOf } from './sizes.js';

const WARM_UP_SCHEDULES = 4_000_000;
const TRIAL_SCHEDULES = 30_000_000;
/** More than the best speed so far asks for, so that no round is shorter than it should be. */
const MARGIN = 1.05;

export interface CampaignOptions {
  readonly address: string;
  /** Rounds of the comparison, 0 for none, and how long each side of one takes. */
  readonly rounds: number;
  readonly seconds: number;
  /** Schedules of the large campaign, 0 for none. */
  readonly large: number;
  readonly shardSize?: number | undefined;
}

/** Of the command line and of the campaign. */
export interface Both<T> {
  readonly alone: T;
  readonly served: T;
}

export interface Round extends Both<number> {
  readonly schedules: number;
  readonly ratio: number;
  readonly shards: number;
  readonly busy: number;
  readonly ledgers: Both<string>;
  readonly waited: Both<number | null>;
}

export interface CampaignMeasurement {
  readonly machine: Readonly<Record<string, string | number>>;
  readonly address: string;
  readonly rounds: readonly Round[];
  /** Median of the rounds, null if there is none. */
  readonly ratio: number | null;
  readonly large?: LargeCampaign;
}

interface LargeCampaign {
  readonly schedules: number;
  readonly seconds: number;
  readonly rate: number;
  readonly shards: number;
  readonly redis: BeforeAndAfter;
  readonly database: BeforeAndAfter;
  readonly grownBy: { readonly shards: number; readonly failures: number };
  readonly bytesPerShard: number;
}

interface BeforeAndAfter {
  readonly before: number;
  readonly after: number;
}

export async function measureCampaign(
  options: CampaignOptions,
  surroundings: Surroundings,
): Promise<CampaignMeasurement | Refusal> {
  const service = await startOwnService(surroundings.say);
  if (isRefusal(service)) return service;
  const stopped = onAbort(surroundings.signal, () => service.stop());
  try {
    const { address } = options;
    const program = await push(surroundings.lastref, address, service.url);
    const machine = {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      node: process.version,
      ...(await versionsOf(service)),
    };
    const rounds = await compare({ service, program, options, surroundings });
    const ratio = rounds.length === 0 ? null : median(rounds.map((round) => round.ratio));
    const measured = { machine, address, rounds, ratio };
    if (options.large === 0) return measured;
    const order = { program, schedules: options.large, shardSize: options.shardSize };
    return { ...measured, large: await large(service, order, surroundings.signal) };
  } catch (error) {
    if (!surroundings.signal.aborted) throw error;
    return { refused: 'environment', message: 'interrupted' };
  } finally {
    stopped();
    await service.stop();
  }
}

function onAbort(signal: AbortSignal, work: () => Promise<void>): () => void {
  const listener = (): void => void work();
  signal.addEventListener('abort', listener, { once: true });
  return () => {
    signal.removeEventListener('abort', listener);
  };
}

interface Comparison {
  readonly service: OwnService;
  readonly program: string;
  readonly options: CampaignOptions;
  readonly surroundings: Surroundings;
}

async function compare(comparison: Comparison): Promise<Round[]> {
  const { service, program, options, surroundings } = comparison;
  if (options.rounds === 0) return [];
  await serve(service, { program, schedules: WARM_UP_SCHEDULES }, surroundings.signal);
  let { rate } = await hunt(surroundings.lastref, options.address, TRIAL_SCHEDULES);
  const rounds: Round[] = [];
  while (rounds.length < options.rounds) {
    const schedules = Math.round(rate * options.seconds * MARGIN);
    const round = await roundOf(comparison, schedules, rounds.length % 2 === 1);
    rounds.push(round);
    rate = Math.max(rate, round.alone);
    const words = `${round.served} served, ${round.alone} alone, ${round.ratio}`;
    const waited = `waited for a processor ${JSON.stringify(round.waited)}`;
    surroundings.say(`round ${rounds.length}: ${words}; ${waited}`);
  }
  return rounds;
}

async function roundOf(
  { service, program, options, surroundings }: Comparison,
  schedules: number,
  servedFirst: boolean,
): Promise<Round> {
  const throughIt = (): ReturnType<typeof serve> =>
    serve(service, { program, schedules }, surroundings.signal);
  const byItself = (): Promise<Run> => hunt(surroundings.lastref, options.address, schedules);
  const early = servedFirst ? await throughIt() : undefined;
  const alone = await byItself();
  const served = early ?? (await throughIt());
  return {
    schedules,
    alone: Math.round(alone.rate),
    served: Math.round(served.rate),
    ratio: Number((served.rate / alone.rate).toFixed(4)),
    shards: served.shards,
    busy: served.busy,
    waited: { alone: alone.waited, served: served.waited },
    ledgers: { alone: alone.ledger, served: served.ledger },
  };
}

async function large(
  service: OwnService,
  order: Parameters<typeof serve>[1],
  signal: AbortSignal,
): Promise<LargeCampaign> {
  const before = await sizesOf(service);
  const { seconds, rate } = await serve(service, order, signal);
  const after = await sizesOf(service);
  const shards = after.shards - before.shards;
  const grownBy = {
    shards: after.ofShards - before.ofShards,
    failures: after.ofFailures - before.ofFailures,
  };
  return {
    schedules: order.schedules,
    seconds: Math.round(seconds),
    rate: Math.round(rate),
    shards,
    redis: { before: before.redis, after: after.redis },
    database: { before: before.database, after: after.database },
    grownBy,
    bytesPerShard: Math.round(grownBy.shards / shards),
  };
}
