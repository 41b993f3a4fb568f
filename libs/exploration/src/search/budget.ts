/** What a search may take, and how whoever runs it hears that it goes on. */
export interface Budget {
  /** States to intern at most. */
  readonly maxStates?: number;
  /** Bytes of states and successors to hold at most; while one of them grows, half as much again beside it. */
  readonly maxBytes?: number;
  /**
   * Called now and then with the number of states expanded since the last call, in every part of the search. What it throws
   * ends the search: that is how one is cancelled.
   */
  readonly pulse?: (states: number) => void;
}

/** States between two calls of `pulse`. */
const PULSE_STATES = 1024;

/** Counts expanded states and passes them on. */
export class Pulse {
  private pending = 0;

  constructor(private readonly listener: Budget['pulse']) {}

  expanded(): void {
    if (++this.pending === PULSE_STATES) this.tell();
  }

  tell(): void {
    const states = this.pending;
    this.pending = 0;
    this.listener?.(states);
  }
}
