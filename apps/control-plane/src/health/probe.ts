/**
 * Asks a server whether it is there, by any answer at all within the deadline. However often it is asked, one question is under
 * way at a time: a server that hangs does not collect questions and connections.
 */
import { within } from '../http/within.js';

export class Probe {
  private asking: Promise<void> | undefined;

  constructor(private readonly ask: () => Promise<unknown>) {}

  /** False if it refuses, fails, or says nothing in time. */
  async answers(limitMs: number): Promise<boolean> {
    this.asking ??= this.begin();
    return within(limitMs, this.asking).then(
      () => true,
      () => false,
    );
  }

  private async begin(): Promise<void> {
    try {
      await this.ask();
    } finally {
      this.asking = undefined;
    }
  }
}
