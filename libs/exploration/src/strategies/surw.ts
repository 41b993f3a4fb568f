/**
 * surw/2, selectively uniform random walk (Zhao, Wolff, Mathur, Roychoudhury: Selectively uniform concurrency testing,
 * ASPLOS 2025). A run draws one shared location; the order in which tasks access it is uniform over all orders, by
 * holding back whoever would access it out of turn; everything else is walked uniformly. Who is in turn and starts others hands
 * over to them in proportion to what they have left.
 * Bound: an order of the accesses has at least the probability of one of all mergings, where exactness.ts says that counts are.
 * Deviations: counts come from the code as well as from the profile; freeing an object counts as an access to its fields;
 * locks are selected like any other location; half of the draws choose among locations that any two tasks access; after twice the
 * contested steps to expect the run goes on as a uniform walk.
 * Draws: the location; per contested step one per task asked, one more where the next in turn is drawn.
 */
import { isFreeOf, nextFootprint, slotTouched, type Machine, type Program } from '@lastref/kernel';
import { accessesFrom, Counts, takesFrom } from './counts.js';
import { Late } from './late.js';
import { patienceOf } from './patience.js';
import type { Location, Profile } from './profile.js';
import { isForced, lowestTask, Seeded } from './seeded.js';
import { Selection } from './selection.js';

const NOBODY = -1;

interface Selected extends Location {
  readonly counts: Counts;
}

export class Surw extends Seeded {
  private readonly selection: Selection;
  private readonly choices: readonly Selected[];
  private readonly patience: number;
  private readonly late: Late;
  private selected: Selected | undefined;
  private heldBack = 0;
  private inTurn = NOBODY;
  private last = NOBODY;
  private contested = 0;

  constructor(
    readonly name: string,
    program: Program,
    profile: Profile,
  ) {
    super();
    this.selection = new Selection(profile);
    this.choices = this.selection.locations.map((location) => ({
      ...location,
      counts: new Counts(program, {
        op: accessesFrom(program, location),
        takes: takesFrom(program, location),
        profiled: location.accesses,
      }),
    }));
    this.patience = patienceOf(program, profile);
    this.late = new Late(program);
  }

  protected prepare(): void {
    this.selected = this.choices[this.selection.draw(this.generator)];
    this.selected?.counts.begin();
    this.late.begin();
    this.turnOver();
    this.last = NOBODY;
    this.contested = 0;
  }

  pick(machine: Machine, candidates: number): number {
    const forced = isForced(candidates);
    if (!forced && ++this.contested > this.patience) return this.uniform(candidates);
    const { selected } = this;
    if (selected === undefined) return this.uniform(candidates);
    this.handOver(machine, candidates, selected);
    for (;;) {
      let free = candidates & ~this.heldBack;
      if (free === 0) {
        this.turnOver();
        free = candidates;
      }
      const task = this.uniform(free);
      if (!accesses(machine, task, selected)) return task;
      if (forced) this.inTurn = task;
      else if (this.inTurn === NOBODY) this.inTurn = this.drawTurn(machine, free, selected, task);
      if (task === this.inTurn) {
        selected.counts.count(task);
        this.turnOver();
        return task;
      }
      this.heldBack |= 1 << task;
    }
  }

  executed(_machine: Machine, task: number): void {
    this.late.executed(task);
    this.last = task;
  }

  private turnOver(): void {
    this.heldBack = 0;
    this.inTurn = NOBODY;
  }

  /** Who was in turn started others: the turn is drawn anew among them and itself. */
  private handOver(machine: Machine, candidates: number, selected: Selected): void {
    const started = this.late.look(machine, candidates);
    if (started === 0 || this.inTurn === NOBODY || this.last !== this.inTurn) return;
    const among = (started | (1 << this.inTurn)) & candidates;
    this.inTurn = this.drawTurn(machine, among, selected, NOBODY);
  }

  /** @param asking counts as one at least: it stands at an access */
  private drawTurn(machine: Machine, among: number, { counts }: Selected, asking: number): number {
    const { waiting } = this.late;
    const weight = (task: number): number => {
      const left = counts.of(machine, task, waiting);
      return task === asking ? Math.max(1, left) : left;
    };
    let total = 0;
    for (let rest = among; rest !== 0; rest &= rest - 1) total += weight(lowestTask(rest));
    if (total === 0) return this.inTurn;
    let draw = this.generator.pick(total);
    for (let rest = among; ; rest &= rest - 1) {
      const task = lowestTask(rest);
      draw -= weight(task);
      if (draw < 0 || isForced(rest)) return task;
    }
  }
}

function accesses(machine: Machine, task: number, { slot, object }: Location): boolean {
  const print = nextFootprint(machine, task);
  return slotTouched(print) === slot || isFreeOf(print, object);
}
