/**
 * Who is in this process: any number beside each other, or one alone. A shard that workers have died of, or beside, runs
 * alone, so that the next death is its own. First come, first served: whoever waits to be alone lets nobody in before.
 */
interface Waiting {
  readonly alone: boolean;
  readonly enter: () => void;
}

export class Occupancy {
  private readonly waiting: Waiting[] = [];
  private inside = 0;
  private isAlone = false;

  async beside<T>(work: () => Promise<T>): Promise<T> {
    return this.occupy(false, work);
  }

  async alone<T>(work: () => Promise<T>): Promise<T> {
    return this.occupy(true, work);
  }

  private async occupy<T>(alone: boolean, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      this.waiting.push({ alone, enter });
      this.admit();
    });
    try {
      return await work();
    } finally {
      this.inside -= 1;
      this.isAlone = false;
      this.admit();
    }
  }

  private admit(): void {
    for (;;) {
      const [next] = this.waiting;
      if (next === undefined || this.isAlone || (next.alone && this.inside > 0)) return;
      this.waiting.shift();
      this.inside += 1;
      this.isAlone = next.alone;
      next.enter();
    }
  }
}
