/**
 * For how long a worker has begun nothing while work waited for it and none of its threads was busy. Whoever works, has
 * begun something since the last look, or has nothing to take is not stuck, and the time begins anew.
 */
export interface Look {
  readonly nowMs: number;
  readonly starts: number;
  readonly idle: boolean;
  /** Jobs that could be taken. */
  readonly waiting: number;
}

export class StallClock {
  private sinceMs: number | undefined;
  private starts = 0;

  /** Milliseconds without a beginning. */
  look({ nowMs, starts, idle, waiting }: Look): number {
    const stuck = idle && waiting > 0 && starts === this.starts;
    this.starts = starts;
    if (!stuck) this.sinceMs = undefined;
    else this.sinceMs ??= nowMs;
    return nowMs - (this.sinceMs ?? nowMs);
  }

  /** Nobody could look: that is no evidence. */
  reset(): void {
    this.sinceMs = undefined;
  }
}
