/**
 * What a worker does, as far as its being stuck is concerned: how much it has begun, and whether anything runs. A job that turns
 * out to be somebody else's counts as begun: it was taken and judged.
 */
export class Activity {
  private begun = 0;
  private running = 0;

  get starts(): number {
    return this.begun;
  }

  get idle(): boolean {
    return this.running === 0;
  }

  started(): void {
    this.begun += 1;
  }

  async during<T>(work: Promise<T>): Promise<T> {
    this.running += 1;
    try {
      return await work;
    } finally {
      this.running -= 1;
    }
  }
}
