// What a start has running, on disk, so that the next start can clean up after one that was killed. An entry is
// written before the process's readiness is awaited, and removed once the process is gone.
import { renameSync, writeFileSync } from 'node:fs';
import { sendSignal, stopProcess } from './identity.mjs';
import { codeOf } from '../errors.mjs';
import { readJson } from '../json.mjs';

/** @typedef {import('./identity.mjs').ProcessIdentity} ProcessIdentity */
/**
 * @typedef {{ name: string, stopSignal: NodeJS.Signals, killSignal: NodeJS.Signals, graceMs: number }} Ending
 */

export class ProcessRegistry {
  /** @type {Map<string, ProcessIdentity>} */
  #entries;

  /** @param {string} path @param {readonly Ending[]} endings in the order of stopping */
  constructor(path, endings) {
    this.path = path;
    this.endings = endings;
    this.#entries = readEntries(path);
  }

  /** @param {string} name @param {ProcessIdentity} identity */
  add(name, identity) {
    this.#entries.set(name, identity);
    this.#write();
  }

  /** Stops whatever is running, one after the other. */
  async stopAll() {
    for (const { name, stopSignal, graceMs } of this.endings) {
      const identity = this.#entries.get(name);
      if (identity === undefined) continue;
      await stopProcess(identity, stopSignal, graceMs);
      this.#entries.delete(name);
      this.#write();
    }
  }

  /** At once, without waiting; the entries stay, for the next start to look at. */
  killAll() {
    for (const { name, killSignal } of this.endings) {
      const identity = this.#entries.get(name);
      if (identity !== undefined) sendSignal(identity, killSignal);
    }
  }

  #write() {
    const unfinished = `${this.path}.unfinished`;
    writeFileSync(unfinished, JSON.stringify([...this.#entries]), { mode: 0o600 });
    renameSync(unfinished, this.path);
  }
}

/** @param {string} path @returns {Map<string, ProcessIdentity>} */
function readEntries(path) {
  try {
    return new Map(/** @type {[string, ProcessIdentity][]} */ (readJson(path)));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return new Map();
    throw error;
  }
}
