/**
 * As many places as there are threads. Whoever waits gets a place the moment one is given back, first come, first
 * served, save for who goes first: the next shard starts while the last one is still being counted.
 */
export class Slots {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async use<T>(work: () => Promise<T>, first = false): Promise<T> {
    await this.take(first);
    try {
      return await work();
    } finally {
      this.give();
    }
  }

  private take(first: boolean): Promise<void> {
    if (this.free === 0) {
      return new Promise((resolve) => {
        if (first) this.waiting.unshift(resolve);
        else this.waiting.push(resolve);
      });
    }
    this.free -= 1;
    return Promise.resolve();
  }

  private give(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free += 1;
    else next();
  }
}
