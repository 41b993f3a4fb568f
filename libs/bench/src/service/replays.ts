/**
 * How long replays by API take while several clients ask at once: the whole run, and a page of its states. Each client asks one
 * question after the other, as fast as it is answered; a question is one failing-or-not run of a program of each shipped system,
 * by a seed that nobody asked for before. Through a service of its own, with its limits of requests lifted.
 */
import { isRefusal, type Refusal } from '../refusal.js';
import { quantile } from '../rounds/rounds.js';
import type { Surroundings } from '../surroundings.js';
import { push } from './campaign.js';
import { startOwnService } from './own-service.js';

export const REPLAYED_ADDRESSES = ['nbd', 'mlx5', 'smmu', 'devmem', 'nvmem'].map(
  (scenario) => `${scenario}/buggy/main`,
);

export interface ReplaysOptions {
  readonly clients: number;
  /** Questions of each client, about each program and route. */
  readonly requests: number;
}

export interface ReplayTimes {
  readonly route: string;
  readonly address: string;
  readonly requests: number;
  /** Milliseconds, as the client sees them. */
  readonly p50: number;
  readonly p95: number;
  readonly most: number;
}

const ROUTES = [
  { route: 'POST /replays', path: '/api/v1/replays', body: {} },
  { route: 'POST /replays/steps', path: '/api/v1/replays/steps', body: { limit: 50 } },
] as const;

/** Asked before anything counts, so that the engine's code is compiled. */
const WARM_UP = 20;

export async function measureReplays(
  { clients, requests }: ReplaysOptions,
  { say, signal, lastref }: Surroundings,
): Promise<readonly ReplayTimes[] | Refusal> {
  const service = await startOwnService(say);
  if (isRefusal(service)) return service;
  try {
    const times: ReplayTimes[] = [];
    let seed = 0;
    for (const address of REPLAYED_ADDRESSES) {
      const digest = await push(lastref, address, service.url);
      for (const { route, path, body } of ROUTES) {
        if (signal.aborted) return times;
        const ask = (): Promise<number> =>
          timed(`${service.url}${path}`, { digest, strategy: 'rw/1', seed: seed++, ...body });
        for (let i = 0; i < WARM_UP; i++) await ask();
        const each = Array.from({ length: clients }, async () => {
          const own: number[] = [];
          while (own.length < requests && !signal.aborted) own.push(await ask());
          return own;
        });
        const all = (await Promise.all(each)).flat();
        const at = (share: number): number => Number(quantile(all, share).toFixed(1));
        const row = { p50: at(0.5), p95: at(0.95), most: at(1) };
        times.push({ route, address, requests: all.length, ...row });
        say(`${route} ${address}: p95 ${row.p95} ms`);
      }
    }
    return times;
  } finally {
    await service.stop();
  }
}

/** Milliseconds until the whole answer is there. */
async function timed(url: string, body: object): Promise<number> {
  const before = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  return performance.now() - before;
}
