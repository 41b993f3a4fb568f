// What a start has running, on disk, so that the next start can clean up after one that was killed. An entry is written
// before the process's readiness is awaited.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { stopProcess } from './identity.mjs';

/** @typedef {import('./identity.mjs').ProcessIdentity} ProcessIdentity */

export class ProcessRegistry {
  /** @type {Map<string, ProcessIdentity>} */
  #entries;

  /** @param {string} path */
  constructor(path) {
    this.path = path;
    this.#entries = readEntries(path);
  }

  /** @param {string} name @param {ProcessIdentity} identity */
  add(name, identity) {
    this.#entries.set(name, identity);
    this.#write();
  }

  /**
   * Stops one and forgets it; one that is not running is only forgotten.
   * @param {string} name @param {NodeJS.Signals} signal @param {number} graceMs
   */
  async stop(name, signal, graceMs) {
    const identity = this.#entries.get(name);
    if (identity === undefined) return;
    await stopProcess(identity, signal, graceMs);
    this.#entries.delete(name);
    this.#write();
  }

  #write() {
    const unfinished = `${this.path}.unfinished`;
    writeFileSync(unfinished, JSON.stringify([...this.#entries]), { mode: 0o600 });
    renameSync(unfinished, this.path);
  }
}

/** @param {string} path */
function readEntries(path) {
  try {
    return new Map(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return new Map();
    throw error;
  }
}
