// The whole: an installation, campaigns one after another while faults come at even intervals, the last campaign to its end,
// and the same ranges by hand. What came of it is in the report; nothing here judges.
import { pause } from '../processes/wait.mjs';
import { campaignEnd, huntedLedger, isRunning, startCampaign } from './campaigns.mjs';
import * as faults from './faults.mjs';
import { startInstallation } from './installation.mjs';
import { attemptsOf, incidents, restarts } from './restarts.mjs';
import { watcher } from './watcher.mjs';

/**
 * @typedef {{
 *   shardSize: number, shardsPerProgram: number, workers: number, leaseMs: number, progressMs: number,
 *   environment: Record<string, string>, faults: import('./plan.mjs').Fault[], forMs: number,
 *   folder: string, keeper: import('../../test/support/keeper.mjs').Keeper, say: (line: string) => void, signal: AbortSignal,
 * }} ChaosOptions
 */

const ASK_EVERY_MS = 250;

/** @param {ChaosOptions} options @returns {Promise<import('./report.mjs').Report>} */
export async function runChaos(options) {
  const { say, signal } = options;
  say('starting PostgreSQL, Redis, a control plane and workers of its own');
  const installation = await startInstallation(options);
  const { ask, close } = watcher(installation.databaseUrl);
  try {
    /** @type {faults.Scene} */
    const scene = { ...options, installation, ask, dead: [], outages: [], stopped: new Set() };
    const order = { done: false };
    const first = await started(installation.url, options);
    const [ended] = await Promise.all([
      runCampaigns(scene, options, order, first),
      inflict(scene, options).finally(() => {
        order.done = true;
      }),
    ]);
    const measured = await restarts(ask, scene);
    const attempts = await attemptsOf(ask, scene.dead);
    const opened = await incidents(ask);
    await installation.stop();
    say('the same ranges by hunt --ledger');
    const hunted = await huntedLedger(options);
    signal.throwIfAborted();
    return { ended, hunted, ...measured, attempts, incidents: opened, faults: options.faults };
  } finally {
    await installation.stop().catch(() => undefined);
    await close();
  }
}

/** @param {faults.Scene} scene @param {ChaosOptions} options @param {{ done: boolean }} order @param {number} first */
async function runCampaigns({ installation, ask, say, signal }, options, order, first) {
  const ended = [];
  for (let id = first; ; id = await started(installation.url, options)) {
    say(`campaign ${id} runs`);
    while (await isRunning(ask, id)) {
      signal.throwIfAborted();
      await pause(ASK_EVERY_MS);
    }
    const end = await campaignEnd(ask, id, signal);
    say(`campaign ${id}: ${end.state}, ${end.shards} shards, ledger ${end.ledger ?? 'none'}`);
    ended.push(end);
    if (order.done) return ended;
  }
}

/** The control plane may be away just now. @param {string} url @param {ChaosOptions} options */
async function started(url, options) {
  for (;;) {
    options.signal.throwIfAborted();
    try {
      return await startCampaign(url, options);
    } catch (error) {
      options.say(
        `no campaign yet: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}`,
      );
      await pause(1_000);
    }
  }
}

/** @param {faults.Scene} scene @param {ChaosOptions} options */
async function inflict(scene, { faults: planned, forMs, signal }) {
  const began = performance.now();
  /** @type {Promise<void>[]} */
  const beside = [];
  for (const [place, fault] of planned.entries()) {
    const due = began + (forMs * (place + 1)) / (planned.length + 1);
    await pause(Math.max(0, due - performance.now()));
    signal.throwIfAborted();
    if (fault === 'stop') beside.push(faults.stopWorker(scene));
    else await inflictOne(scene, fault);
  }
  await Promise.all(beside);
}

/** @param {faults.Scene} scene @param {Exclude<import('./plan.mjs').Fault, 'stop'>} fault */
function inflictOne(scene, fault) {
  switch (fault) {
    case 'worker':
      return faults.killWorker(scene);
    case 'control-plane':
      return faults.killControlPlane(scene);
    case 'redis':
      return faults.killRedis(scene);
    case 'postgres':
      return faults.killPostgres(scene);
    case 'flush':
      return faults.flushRedis(scene);
    case 'cut':
      return faults.cutConnections(scene);
  }
}
