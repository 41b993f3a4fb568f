// What came of it, in words, and whether it is sound.

/**
 * @typedef {{
 *   ended: import('./campaigns.mjs').Ended[], hunted: string, undisturbed: number[], disturbed: number[],
 *   attempts: import('./restarts.mjs').Attempts, incidents: number, faults: readonly string[],
 * }} Report
 */

/** @param {Report} report */
export function isSound({ ended, hunted, attempts, incidents }) {
  return (
    ended.length > 0 &&
    ended.every((campaign) => campaign.state === 'done' && campaign.ledger === hunted) &&
    lostShards(ended) === 0 &&
    doubled(ended) === 0 &&
    ended.every(({ quarantined }) => quarantined === 0) &&
    attempts.other === 0 &&
    attempts.running === 0 &&
    incidents === 0
  );
}

/** @param {Report['ended']} ended */
const lostShards = (ended) => ended.reduce((sum, { shards, results }) => sum + shards - results, 0);

/** Schedules counted beyond those asked for. @param {Report['ended']} ended */
const doubled = (ended) =>
  ended.reduce((sum, { counted, schedules }) => sum + Math.max(0, counted - schedules), 0);

/** @param {readonly number[]} sorted @param {number} share */
export function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

/** @param {readonly number[]} times */
function timesText(times) {
  if (times.length === 0) return 'none';
  /** @param {number} share */
  const seconds = (share) => `${((quantile(times, share) ?? 0) / 1000).toFixed(1)} s`;
  return `${times.length} shards, p50 ${seconds(0.5)}, p95 ${seconds(0.95)}, max ${seconds(1)}`;
}

/** @param {Report} report @returns {string[]} */
export function lines(report) {
  const { ended, hunted, undisturbed, disturbed, attempts, incidents, faults } = report;
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const fault of faults) counts.set(fault, (counts.get(fault) ?? 0) + 1);
  const quarantined = ended.reduce((sum, campaign) => sum + campaign.quarantined, 0);
  const { died, lost, done, other, recorded, running } = attempts;
  return [
    `faults: ${[...counts].map(([fault, times]) => `${times} ${fault}`).join(', ')}`,
    `attempts in the hands of killed workers: ${died}; recorded as lost ${lost}, counted before the kill ${done}, neither ${other}`,
    `lost attempts recorded in all: ${recorded}; attempts without an end: ${running}`,
    `dead worker to restarted shard: ${timesText(undisturbed)}`,
    `the same beside an outage of a control plane or server: ${timesText(disturbed)}`,
    `${ended.length} campaigns, ${ended.reduce((sum, { shards }) => sum + shards, 0)} shards: ${lostShards(ended)} lost, ${doubled(ended)} schedules double, ${quarantined} quarantined, ${incidents} incidents`,
    ...ended.map(({ id, state, ledger }) => `campaign ${id} (${state})  ${ledger ?? 'no ledger'}`),
    `hunt --ledger       ${hunted}`,
    isSound(report) ? 'sound' : 'NOT SOUND',
  ];
}
