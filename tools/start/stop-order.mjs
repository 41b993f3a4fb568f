// How each service is asked to end, in the order in which they are stopped: nobody loses what it still depends on.
// SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one, after which it recovers from its log.

/** @type {readonly import('../processes/registry.mjs').Ending[]} */
export const STOP_ORDER = [
  { name: 'worker', stopSignal: 'SIGTERM', killSignal: 'SIGKILL', graceMs: 15_000 },
  { name: 'control-plane', stopSignal: 'SIGTERM', killSignal: 'SIGKILL', graceMs: 10_000 },
  { name: 'redis', stopSignal: 'SIGTERM', killSignal: 'SIGKILL', graceMs: 10_000 },
  { name: 'postgres', stopSignal: 'SIGINT', killSignal: 'SIGQUIT', graceMs: 20_000 },
];
