// Which faults come in which order. Nearly all kills are of workers. Those that take the control plane or a server away come in
// the first two fifths, among kills of workers; after them workers alone are killed, so that how long a dead worker's shard takes
// to restart is measured without another outage in the way.

/** @typedef {'worker' | 'control-plane' | 'redis' | 'postgres'} Kill */
/** @typedef {Kill | 'flush' | 'cut' | 'stop'} Fault */

const OF_CONTROL_PLANE = 0.06;
const OF_SERVER = 0.03;
const STORMY = 0.4;

/** @param {number} kills @returns {Fault[]} */
export function plannedFaults(kills) {
  /** @param {number} share */
  const some = (share) => (kills < 4 ? 0 : Math.max(1, Math.round(kills * share)));
  const counts = /** @type {const} */ ([
    ['control-plane', some(OF_CONTROL_PLANE)],
    ['redis', some(OF_SERVER)],
    ['postgres', some(OF_SERVER)],
    ['flush', some(OF_SERVER)],
    ['cut', some(OF_SERVER)],
    ['stop', some(OF_SERVER)],
  ]);
  const outages = counts.flatMap(([fault, times]) =>
    Array.from({ length: times }, (_, place) => ({ fault, at: (place + 0.5) / times })),
  );
  const killed = counts.slice(0, 3).reduce((sum, [, times]) => sum + times, 0);
  const workers = Math.max(0, kills - killed);
  const early = Math.round(workers * STORMY);
  const among = Array.from({ length: early }, (_, place) => ({
    fault: /** @type {const} */ ('worker'),
    at: (place + 0.5) / early,
  }));
  const stormy = [...outages, ...among].sort((one, other) => one.at - other.at);
  return [
    ...stormy.map(({ fault }) => fault),
    ...Array.from({ length: workers - early }, () => /** @type {const} */ ('worker')),
  ];
}
