/**
 * The nodes of a cost search: (state, task that ran last), -1 meaning none; and events so far where the search is not in the
 * order of costs, because a way with more events may then come first.
 */
export class Nodes {
  private readonly width: number;

  /** @param lanes one more than the events told apart; 1 if they are not */
  constructor(
    taskCount: number,
    private readonly lanes = 1,
  ) {
    this.width = taskCount + 1;
  }

  of(state: number, last: number, events: number): number {
    return (state * this.width + last + 1) * this.lanes + Math.min(events, this.lanes - 1);
  }

  state(node: number): number {
    return Math.floor(node / (this.width * this.lanes));
  }

  last(node: number): number {
    return (Math.floor(node / this.lanes) % this.width) - 1;
  }

  /** Events so far; 0 if they are not told apart. */
  events(node: number): number {
    return node % this.lanes;
  }
}
