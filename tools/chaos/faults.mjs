// The faults. A worker is killed, or stopped, only while it stands still (SIGSTOP) and the database shows that it holds a shard
// that has made progress: so every such kill loses work that was under way. Never again and again with the same shard: one that
// loses lease after lease is taken for what kills its workers, and quarantined, which is right and another test's.
import { Redis } from 'ioredis';
import { sendSignal } from '../processes/identity.mjs';
import { pause, waitFor } from '../processes/wait.mjs';
import { MOST_LOST, STOPPED_LEASES, VICTIM_MS } from './limits.mjs';

/** @typedef {import('./installation.mjs').Installation} Installation */
/** @typedef {import('./watcher.mjs').Ask} Ask */
/** @typedef {{ shard: number, epoch: number }} Held */
/** @typedef {Held & { lost: number, at: number }} Found `lost`: leases before this one */
/** @typedef {{ pid: number, at: number, held: Held[] }} DeadWorker `at`: milliseconds by the database's clock */
/** @typedef {{ from: number, to: number }} Outage by the clock of this process, which is the database's machine */
/**
 * @typedef {{
 *   installation: Installation, ask: Ask, leaseMs: number, progressMs: number, say: (line: string) => void,
 *   dead: DeadWorker[], outages: Outage[], stopped: Set<number>, signal: AbortSignal,
 * }} Scene
 */

const HELD = `
  SELECT a.shard_id::float8 AS shard, a.epoch, s.lost_leases AS lost, (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at
    FROM shard s
    JOIN shard_attempt a ON a.shard_id = s.id AND a.epoch = s.epoch
   WHERE s.state = 'leased'
     AND s.owner = (SELECT id FROM worker WHERE pid = $1 ORDER BY started_at DESC LIMIT 1)
     AND a.started_at < clock_timestamp() - $2 * interval '1 millisecond'`;

/** @param {Scene} scene @param {import('../processes/identity.mjs').ProcessIdentity} identity */
async function heldBy({ ask, progressMs }, { pid }) {
  const rows = await ask(HELD, [pid, progressMs]);
  return /** @type {Found[]} */ (rows);
}

/** @param {Found[]} held */
const isFit = (held) => held.length > 0 && held.every(({ lost }) => lost < MOST_LOST);

/** A worker that stands still with a shard in its hands. @param {Scene} scene */
async function caught(scene) {
  const { installation, stopped, dead, signal } = scene;
  let place = Math.floor(Math.random() * installation.workers.length);
  return waitFor('a worker that holds a shard', VICTIM_MS, async () => {
    signal.throwIfAborted();
    place = (place + 1) % installation.workers.length;
    const identity = installation.workers[place]?.identity();
    if (identity === undefined || stopped.has(identity.pid)) return false;
    if (dead.some(({ pid }) => pid === identity.pid)) return false;
    if (!isFit(await heldBy(scene, identity))) return false;
    if (!sendSignal(identity, 'SIGSTOP')) return false;
    const held = await heldBy(scene, identity);
    if (isFit(held)) return { identity, held };
    sendSignal(identity, 'SIGCONT');
    return false;
  });
}

/** @param {Scene} scene */
export async function killWorker(scene) {
  const { identity, held } = await caught(scene);
  const at = held[0]?.at ?? Date.now();
  sendSignal(identity, 'SIGKILL');
  scene.dead.push({
    pid: identity.pid,
    at,
    held: held.map(({ shard, epoch }) => ({ shard, epoch })),
  });
  scene.say(`kill -9 worker ${identity.pid}, which held ${heldText(held)}`);
}

/** Goes on beside the other faults; done when the worker goes on. @param {Scene} scene */
export async function stopWorker(scene) {
  const { leaseMs, say, stopped } = scene;
  const { identity, held } = await caught(scene);
  stopped.add(identity.pid);
  say(`SIGSTOP worker ${identity.pid} for ${STOPPED_LEASES} leases, which held ${heldText(held)}`);
  await pause(STOPPED_LEASES * leaseMs);
  sendSignal(identity, 'SIGCONT');
  stopped.delete(identity.pid);
  say(`SIGCONT worker ${identity.pid}`);
}

/** @param {readonly Held[]} held */
const heldText = (held) =>
  held.map(({ shard, epoch }) => `shard ${shard} (lease ${epoch})`).join(', ');

/** @param {Scene} scene @param {() => Promise<string>} work */
async function outage(scene, work) {
  const from = Date.now();
  const text = await work();
  scene.outages.push({ from, to: Date.now() });
  scene.say(text);
}

/** @param {Scene} scene */
export function killControlPlane(scene) {
  return outage(scene, () => {
    const identity = scene.installation.controlPlane.identity();
    sendSignal(identity, 'SIGKILL');
    return Promise.resolve(`kill -9 control plane ${identity.pid}`);
  });
}

/** @param {Scene} scene */
export function killRedis(scene) {
  return outage(
    scene,
    async () =>
      `kill -9 redis ${await scene.installation.redis.kill()}, and a new one without data`,
  );
}

/** @param {Scene} scene */
export function killPostgres(scene) {
  return outage(
    scene,
    async () => `SIGQUIT postgres ${await scene.installation.postgres.kill()}, which recovers`,
  );
}

/** @param {Scene} scene */
export function flushRedis(scene) {
  return outage(scene, async () => {
    const client = new Redis(scene.installation.redisUrl);
    client.on('error', () => {});
    try {
      await client.flushall();
    } finally {
      client.disconnect();
    }
    return 'FLUSHALL';
  });
}

/** @param {Scene} scene */
export function cutConnections(scene) {
  return outage(scene, async () => {
    const rows = await scene.ask(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
          AND backend_type = 'client backend'`,
    );
    return `cut ${rows.length} connections of PostgreSQL`;
  });
}
