// Keeps services running. One that ends by itself is started again, a few times a minute at most; after that the
// whole is given up. Each process is registered on disk before its readiness is awaited, so nothing that was started
// can be forgotten, whenever a stop arrives.
import { messageOf } from '../errors.mjs';

/** @typedef {import('../processes/identity.mjs').ProcessIdentity} ProcessIdentity */
/** @typedef {import('../processes/spawn.mjs').RunningProcess} RunningProcess */
/**
 * @template {RunningProcess} T
 * @typedef {{ name: string, start: (onSpawn: (identity: ProcessIdentity) => void) => Promise<T> }} Service
 */

const RESTARTS_MAX = 5;
const RESTARTS_WINDOW_MS = 60_000;

export class Supervisor {
  /** @type {number[]} */
  #restarts = [];
  /** @type {Set<Promise<unknown>>} */
  #starting = new Set();
  stopping = false;

  /**
   * @param {import('../processes/registry.mjs').ProcessRegistry} registry
   * @param {(line: string) => void} say
   * @param {() => void} giveUp called when a service cannot be kept running
   */
  constructor(registry, say, giveUp) {
    this.registry = registry;
    this.say = say;
    this.giveUp = giveUp;
  }

  /** @template {RunningProcess} T @param {Service<T>} service @returns {Promise<T>} once it is ready */
  async run(service) {
    if (this.stopping) throw new Error(`${service.name} is not started: stopping`);
    const starting = service.start((identity) => {
      this.registry.add(service.name, identity);
    });
    this.#starting.add(starting);
    try {
      const running = await starting;
      void running.exited.then((reason) => this.#ended(service, reason));
      return running;
    } finally {
      this.#starting.delete(starting);
    }
  }

  /** In order and gracefully; also what is being started at this moment. */
  async stopAll() {
    this.stopping = true;
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
    this.stopping = true;
    this.registry.killAll();
  }

  /** @param {Service<RunningProcess>} service @param {string} reason */
  async #ended(service, reason) {
    if (this.stopping) return;
    const now = performance.now();
    this.#restarts = this.#restarts.filter((time) => now - time < RESTARTS_WINDOW_MS);
    if (this.#restarts.length >= RESTARTS_MAX) {
      this.say(`${service.name} ended again (${reason}), too often to go on`);
      this.giveUp();
      return;
    }
    this.#restarts.push(now);
    this.say(`${service.name} ended (${reason}); starting it again`);
    try {
      await this.run(service);
    } catch (error) {
      if (this.isStopping()) return;
      this.say(`${service.name} does not start: ${messageOf(error)}`);
      this.giveUp();
    }
  }
}
