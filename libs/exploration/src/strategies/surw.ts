/**
 * surw/1, selectively uniform random walk (Zhao, Wolff, Mathur, Roychoudhury: Selectively uniform concurrency testing,
 * ASPLOS 2025). A run draws one shared location; the order in which tasks access it is uniform over all orders, by
 * holding back whoever would access it out of turn; everything else is walked uniformly.
 * Bound: each order of the accesses has the same probability where counts are exact and nothing blocks.
 * Deviations: freeing an object counts as an access to its fields; workers and tasks that start at a milestone keep
 * counts of their own; after twice the profile's contested steps the run goes on as a uniform walk.
 * Draws: the location, by its accesses; per contested step one per task asked, one more where the next in turn is drawn.
 */
import { at, isFreeOf, nextFootprint, slotTouched, type Machine } from '@lastref/kernel';
import type { Location, Profile } from './profile.js';
import { isForced, lowestTask, Seeded } from './seeded.js';

const FAIR_AFTER = 2;
const NOBODY = -1;

/** Locations a run may select: written, and accessed by at least half of the tasks and by two. */
export const selectable = ({ locations, tasks }: Profile): Location[] =>
  locations.filter(
    ({ written, accesses }) =>
      written && accesses.filter((n) => n > 0).length >= Math.max(2, Math.floor(tasks / 2)),
  );

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

export class Surw extends Seeded {
  private readonly locations: readonly Location[];
  private readonly patience: number;
  private selected: Location | undefined;
  private left: number[] = [];
  private heldBack = 0;
  private inTurn = NOBODY;
  private contested = 0;

  constructor(
    readonly name: string,
    profile: Profile,
  ) {
    super();
    this.locations = selectable(profile);
    this.patience = FAIR_AFTER * profile.contested;
  }

  protected prepare(): void {
    this.selected = this.select();
    this.left = [...(this.selected?.accesses ?? [])];
    this.heldBack = 0;
    this.inTurn = NOBODY;
    this.contested = 0;
  }

  pick(machine: Machine, candidates: number): number {
    const forced = isForced(candidates);
    if (!forced && ++this.contested > this.patience) return this.uniform(candidates);
    for (;;) {
      let free = candidates & ~this.heldBack;
      if (free === 0) {
        this.turnOver();
        free = candidates;
      }
      const task = this.uniform(free);
      if (!this.accesses(machine, task)) return task;
      this.left[task] = Math.max(1, at(this.left, task));
      if (forced) this.inTurn = task;
      else if (this.inTurn === NOBODY) this.inTurn = this.drawTurn(free);
      if (task === this.inTurn) {
        this.left[task] = at(this.left, task) - 1;
        this.turnOver();
        return task;
      }
      this.heldBack |= 1 << task;
    }
  }

  executed(): void {
    return;
  }

  private turnOver(): void {
    this.heldBack = 0;
    this.inTurn = NOBODY;
  }

  private select(): Location | undefined {
    const total = sum(this.locations.map(({ accesses }) => sum(accesses)));
    if (total === 0) return undefined;
    let draw = this.generator.pick(total);
    return this.locations.find(({ accesses }) => (draw -= sum(accesses)) < 0);
  }

  private accesses(machine: Machine, task: number): boolean {
    if (this.selected === undefined) return false;
    const print = nextFootprint(machine, task);
    return slotTouched(print) === this.selected.slot || isFreeOf(print, this.selected.object);
  }

  private drawTurn(free: number): number {
    let total = 0;
    for (let rest = free; rest !== 0; rest &= rest - 1) total += at(this.left, lowestTask(rest));
    let draw = this.generator.pick(total);
    for (let rest = free; ; rest &= rest - 1) {
      const task = lowestTask(rest);
      draw -= at(this.left, task);
      if (draw < 0 || isForced(rest)) return task;
    }
  }
}
