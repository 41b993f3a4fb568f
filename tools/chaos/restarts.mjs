// What the rows tell afterwards: of each shard that a dead worker held, how its attempt ended and how long until the next began.

/** @typedef {import('./watcher.mjs').Ask} Ask */
/** @typedef {{ undisturbed: number[], disturbed: number[] }} Restarts milliseconds, sorted */
/** @typedef {{ died: number, lost: number, done: number, other: number, recorded: number, running: number }} Attempts */

const NEXT = `
  SELECT (extract(epoch FROM n.started_at) * 1000)::float8 AS at
    FROM shard_attempt a
    JOIN shard_attempt n ON n.shard_id = a.shard_id AND n.epoch = a.epoch + 1
   WHERE a.shard_id = $1 AND a.epoch = $2 AND a.outcome = 'lost'`;

/**
 * Disturbed: while the shard waited a control plane or a server was away, too.
 * @param {Ask} ask @param {Pick<import('./faults.mjs').Scene, 'dead' | 'outages' | 'leaseMs'>} scene
 * @returns {Promise<Restarts>}
 */
export async function restarts(ask, { dead, outages, leaseMs }) {
  /** @type {Restarts} */
  const found = { undisturbed: [], disturbed: [] };
  for (const { at, held } of dead)
    for (const { shard, epoch } of held) {
      const [next] = await ask(NEXT, [shard, epoch]);
      if (next === undefined) continue;
      const restarted = Number(next['at']);
      // After the loss of its connection the sweep waits a lease for workers that were cut off with it.
      const beside = outages.some(({ from, to }) => from < restarted && at < to + leaseMs);
      found[beside ? 'disturbed' : 'undisturbed'].push(restarted - at);
    }
  found.undisturbed.sort((one, other) => one - other);
  found.disturbed.sort((one, other) => one - other);
  return found;
}

/** @param {Ask} ask @param {readonly import('./faults.mjs').DeadWorker[]} dead @returns {Promise<Attempts>} */
export async function attemptsOf(ask, dead) {
  const died = dead.flatMap(({ held }) => held);
  const rows = await ask(
    `SELECT a.outcome::text FROM unnest($1::int8[], $2::int4[]) AS d (shard, epoch)
       JOIN shard_attempt a ON a.shard_id = d.shard AND a.epoch = d.epoch`,
    [died.map(({ shard }) => shard), died.map(({ epoch }) => epoch)],
  );
  /** @param {string} outcome */
  const count = (outcome) => rows.filter((row) => row['outcome'] === outcome).length;
  const [all] = await ask(
    `SELECT count(*) FILTER (WHERE outcome = 'lost')::int4 AS lost,
            count(*) FILTER (WHERE outcome = 'running')::int4 AS running FROM shard_attempt`,
  );
  const [lost, done] = [count('lost'), count('done')];
  return {
    died: died.length,
    lost,
    done,
    other: died.length - lost - done,
    recorded: Number(all?.['lost']),
    running: Number(all?.['running']),
  };
}

/** @param {Ask} ask */
export async function incidents(ask) {
  const [row] = await ask('SELECT count(*)::int4 AS opened FROM incident');
  return Number(row?.['opened']);
}
