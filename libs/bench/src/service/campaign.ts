/** One campaign through a service, and the same schedules by `lastref hunt`: how long each took by its own clock. */
import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { OwnService } from './own-service.js';
import { watchPressure } from './pressure.js';
import { busyOf } from './sizes.js';

const POLL_MS = 500;
const MOST_OUTPUT = 2 ** 26;

/** Schedules per second, the ledger, and the share of the time in which something waited for a processor. */
export interface Run {
  readonly rate: number;
  readonly ledger: string;
  readonly waited: number | null;
}

export interface ServedRun extends Run {
  readonly seconds: number;
  readonly shards: number;
  /** Share of the time in which the thread sampled. */
  readonly busy: number;
}

/** Runs a command of the command line. A bug found is exit code 1 and no error here. */
export function runLastref<T>(lastref: string, words: readonly string[]): Promise<T> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [lastref, ...words, '--json'],
      { maxBuffer: MOST_OUTPUT },
      (error, stdout) => {
        if (stdout === '') reject(error ?? new Error(`lastref ${words.join(' ')} printed nothing`));
        else resolve(JSON.parse(stdout) as T);
      },
    );
  });
}

/** Stores a program with the service. @returns its digest */
export async function push(lastref: string, address: string, url: string): Promise<string> {
  const words = ['push', address, '--url', url];
  const { programs } = await runLastref<{ programs: { digest: string }[] }>(lastref, words);
  const digest = programs[0]?.digest;
  if (digest === undefined) throw new Error(`${address} could not be pushed`);
  return digest;
}

/** The command line's clock: without starting Node. */
export async function hunt(lastref: string, address: string, schedules: number): Promise<Run> {
  const words = ['hunt', address, '-n', String(schedules), '--threads', '1', '--ledger'];
  const waited = watchPressure();
  const { elapsedMs, ledger } = await runLastref<{ elapsedMs: number; ledger: string }>(
    lastref,
    words,
  );
  return { rate: (schedules * 1000) / elapsedMs, ledger, waited: waited() };
}

/** What the interface says of a campaign, as far as it matters here. */
interface CampaignView {
  readonly id: number;
  readonly state: string;
  readonly createdAt: string;
  readonly finishedAt: string;
  readonly ledgerDigest: string;
  readonly shards: { readonly done: number };
}

export interface CampaignOrder {
  readonly program: string;
  readonly schedules: number;
  readonly shardSize?: number | undefined;
}

/** The campaign's clock: from its row to its end in the database. */
export async function serve(
  service: OwnService,
  { program, schedules, shardSize }: CampaignOrder,
  signal: AbortSignal,
): Promise<ServedRun> {
  const body = JSON.stringify({ programs: [program], schedules, shardSize });
  const headers = { 'content-type': 'application/json' };
  const path = `${service.url}/api/v1/campaigns`;
  const waited = watchPressure();
  const made = await fetch(path, { method: 'POST', headers, body, signal });
  if (made.status !== 201) throw new Error(await made.text());
  let view = (await made.json()) as CampaignView;
  while (view.state === 'running') {
    await pause(POLL_MS, undefined, { signal });
    view = (await (await fetch(`${path}/${view.id}`, { signal })).json()) as CampaignView;
  }
  if (view.state !== 'done') throw new Error(`campaign ${view.id} ended ${view.state}`);
  const seconds = (Date.parse(view.finishedAt) - Date.parse(view.createdAt)) / 1000;
  return {
    rate: schedules / seconds,
    ledger: view.ledgerDigest,
    waited: waited(),
    seconds,
    shards: view.shards.done,
    busy: (await busyOf(service, view.id)) / seconds,
  };
}
