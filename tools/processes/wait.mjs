// Waiting for a condition of another process, by asking again: bounded, and it says what it waited for.

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 100;

/** @param {number} ms @returns {Promise<void>} */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Asks `probe` until it answers something other than undefined or false. An exception of the probe ends the waiting.
 * @template T
 * @param {string} what named in the error when time is up
 * @param {number} timeoutMs
 * @param {() => T | undefined | false | Promise<T | undefined | false>} probe
 * @returns {Promise<T>}
 */
export async function waitFor(what, timeoutMs, probe) {
  const deadline = performance.now() + timeoutMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const answer = await probe();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) {
      throw new Error(`Waited ${Math.round(timeoutMs / 1000)} s in vain for ${what}.`);
    }
    await pause(pauseMs);
  }
}
