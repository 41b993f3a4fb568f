/**
 * Which shared location a run of surw selects: half of the draws among those that the paper admits, accessed by half of the
 * tasks at least, and half among those that any two tasks access; in each by its accesses. The second half is for programs
 * of many devices, none of which half of the tasks ever touch.
 */
import type { Xoroshiro } from '@lastref/kernel';
import type { Location, Profile } from './profile.js';

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const accessesOf = (locations: readonly Location[]): number =>
  sum(locations.map(({ accesses }) => sum(accesses)));

export class Selection {
  /** In order of their slots. */
  readonly locations: readonly Location[];
  private readonly admitted: readonly Location[];

  constructor({ locations, tasks }: Profile) {
    const by = (least: number): Location[] =>
      locations.filter(
        ({ written, accesses }) => written && accesses.filter((n) => n > 0).length >= least,
      );
    this.locations = by(2);
    this.admitted = by(Math.max(2, Math.floor(tasks / 2)));
  }

  /** @returns the number of the location, -1 if there is none; where all are admitted, one draw, else two */
  draw(generator: Xoroshiro): number {
    if (this.locations.length === 0) return -1;
    const lists = this.lists();
    const list = lists[lists.length === 1 ? 0 : generator.pick(lists.length)] ?? this.locations;
    let draw = generator.pick(accessesOf(list));
    const drawn = list.find(({ accesses }) => (draw -= sum(accesses)) < 0);
    return this.locations.findIndex((location) => location === drawn);
  }

  /** The probability of a location. */
  chanceOf(location: Location): number {
    const lists = this.lists();
    return (
      sum(
        lists.map((list) =>
          list.includes(location) ? sum(location.accesses) / accessesOf(list) : 0,
        ),
      ) / lists.length
    );
  }

  private lists(): readonly (readonly Location[])[] {
    const { admitted, locations } = this;
    const same = admitted.length === 0 || admitted.length === locations.length;
    return same ? [locations] : [admitted, locations];
  }
}
