// Keeps services running. One that ends by itself is started again, and so is one that dies while it is being started again:
// at once the first time, then after pauses that grow to half a minute, for as long as this process lives. What is away now, a
// database in recovery or a disk that is full, may be back then; giving up would be final. Each process is registered on disk
// before its readiness is awaited, so nothing that was started can be forgotten, whenever a stop arrives.
import { setTimeout as pauseFor } from 'node:timers/promises';
import { messageOf } from '../errors.mjs';

/** @typedef {import('../processes/identity.mjs').ProcessIdentity} ProcessIdentity */
/** @typedef {import('../processes/spawn.mjs').RunningProcess} RunningProcess */
/**
 * @template {RunningProcess} T
 * @typedef {{ name: string, start: (onSpawn: (identity: ProcessIdentity) => void) => Promise<T> }} Service
 */
/** @typedef {{ firstMs: number, mostMs: number, steadyMs: number }} Pauses */

/** The first restart is at once; a service that has run for the steady time has earned that again. @type {Pauses} */
const PAUSES = { firstMs: 1000, mostMs: 30_000, steadyMs: 60_000 };

export class Supervisor {
  /** @type {Set<Promise<unknown>>} */
  #starting = new Set();
  /** @type {Map<string, number>} */
  #failures = new Map();
  #stop = new AbortController();

  /**
   * @param {import('../processes/registry.mjs').ProcessRegistry} registry
   * @param {(line: string) => void} say
   * @param {Pauses} [pauses]
   */
  constructor(registry, say, pauses = PAUSES) {
    this.registry = registry;
    this.say = say;
    this.pauses = pauses;
  }

  get stopping() {
    return this.#stop.signal.aborted;
  }

  /**
   * The first start of a service: if it fails, whoever asked hears of it.
   * @template {RunningProcess} T
   * @param {Service<T>} service
   * @returns {Promise<T>} once it is ready; from then on it is kept running
   */
  async run(service) {
    const running = await this.#start(service);
    void this.#keep(service, running);
    return running;
  }

  /** In order and gracefully; also what is being started at this moment. */
  async stopAll() {
    this.#stop.abort();
    await this.registry.stopAll();
    await Promise.allSettled(this.#starting);
    await this.registry.stopAll();
  }

  /** Asked anew: a stop may have come while something was awaited. */
  isStopping() {
    return this.stopping;
  }

  /** At once, without waiting. */
  killAll() {
    this.#stop.abort();
    this.registry.killAll();
  }

  /** @template {RunningProcess} T @param {Service<T>} service @returns {Promise<T>} */
  async #start(service) {
    if (this.stopping) throw new Error(`${service.name} is not started: stopping`);
    const starting = service.start((identity) => {
      this.#register(service.name, identity);
    });
    this.#starting.add(starting);
    try {
      return await starting;
    } finally {
      this.#starting.delete(starting);
    }
  }

  /** A full disk keeps nothing from running: this process knows it also without the file. @param {string} name @param {ProcessIdentity} identity */
  #register(name, identity) {
    try {
      this.registry.add(name, identity);
    } catch (error) {
      this.say(`Warning: ${name} is not registered for the next start (${messageOf(error)})`);
    }
  }

  /** @param {Service<RunningProcess>} service @param {RunningProcess} first */
  async #keep(service, first) {
    /** @type {RunningProcess | undefined} */
    let running = first;
    while (!this.stopping) {
      const since = performance.now();
      const reason = await running.exited;
      if (performance.now() - since >= this.pauses.steadyMs) this.#failures.delete(service.name);
      running = await this.#again(service, `ended (${reason})`);
      if (running === undefined) return;
    }
  }

  /** @param {Service<RunningProcess>} service @param {string} what @returns {Promise<RunningProcess | undefined>} */
  async #again(service, what) {
    for (let why = what; ;) {
      const pauseMs = this.#nextPause(service.name);
      if (this.stopping) return undefined;
      const when = pauseMs === 0 ? '' : ` in ${Math.ceil(pauseMs / 1000)} s`;
      this.say(`${service.name} ${why}; starting it again${when}`);
      try {
        await pauseFor(pauseMs, undefined, { signal: this.#stop.signal });
        return await this.#start(service);
      } catch (error) {
        if (this.isStopping()) return undefined;
        why = `does not start: ${messageOf(error)}`;
      }
    }
  }

  /** @param {string} name */
  #nextPause(name) {
    const failures = this.#failures.get(name) ?? 0;
    this.#failures.set(name, failures + 1);
    if (failures === 0) return 0;
    return Math.min(this.pauses.firstMs * 2 ** (failures - 1), this.pauses.mostMs);
  }
}
