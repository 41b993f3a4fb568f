/** Waits for a condition by asking again and again; the time limit is the test's own. */
import { setTimeout as pause } from 'node:timers/promises';

const ASK_EVERY_MS = 15;

/** The first answer that is neither undefined, null nor false. */
export async function eventually<T>(ask: () => Promise<T | undefined | null | false>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    await pause(ASK_EVERY_MS);
  }
}
