/**
 * Runs a transaction until its outcome is known. A connection that breaks while COMMIT is under way
 * leaves open whether it happened; the only sound answer is to run the same transaction again, so it
 * must be one that finds out by itself that it has already been done. Gives up after a bounded number
 * of attempts with the last error.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { FIRST_PAUSE_MS, TRANSACTION_ATTEMPTS } from '../limits.js';
import { isTransient } from './errors.js';

export async function runUntilKnown<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === TRANSACTION_ATTEMPTS || !isTransient(error)) throw error;
      await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }
}
