/**
 * Processor time of the calling thread, where the system says (Linux). The scheduler settles a thread's account only when it
 * leaves the processor, else at the next tick of some 4 ms: so the thread sleeps a moment before it reads. Elsewhere there is
 * only the time of the whole process, and the caller has to see to it that nothing else runs.
 */
import { readFileSync } from 'node:fs';

const ACCOUNT = '/proc/thread-self/schedstat';
const MOMENT_MS = 1;
const NEVER_WOKEN = new Int32Array(new SharedArrayBuffer(4));

/** Seconds since the thread started, or null where the system does not say. */
export function threadSeconds(): number | null {
  Atomics.wait(NEVER_WOKEN, 0, 0, MOMENT_MS);
  try {
    const nanoseconds = Number(readFileSync(ACCOUNT, 'utf8').split(' ')[0]);
    return Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : null;
  } catch {
    return null;
  }
}
