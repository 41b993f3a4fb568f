/**
 * How many operations of some kind may still follow, from each operation on: the most and the least on any path to the end of
 * its body, itself included, by one pass over the strongly connected components of the code. A loop counts once, in `most`;
 * `least` means what it says only of code without loops.
 */
import { at, type Program } from '@lastref/kernel';
import { componentsOf, type Components } from '../../search/components.js';

export interface Ahead {
  readonly most: Int32Array;
  readonly least: Int32Array;
}

const exitsOf = (program: Program, pc: number): readonly number[] => {
  if (pc === 0) return [];
  const { next, alt } = at(program.code, pc);
  return alt === undefined ? [next] : [next, alt];
};

const known = new WeakMap<Program, Components>();

function partsOf(program: Program): Components {
  let parts = known.get(program);
  if (parts === undefined) {
    const offsets = [0];
    const targets: number[] = [];
    program.code.forEach((_, pc) => {
      targets.push(...exitsOf(program, pc));
      offsets.push(targets.length);
    });
    parts = componentsOf({ offsets, targets }, program.code.length);
    known.set(program, parts);
  }
  return parts;
}

/** @param counts whether an operation counts */
export function aheadOf(program: Program, counts: (pc: number) => boolean): Ahead {
  const most = new Int32Array(program.code.length);
  const least = new Int32Array(program.code.length);
  const { members, of } = partsOf(program);
  members.forEach((component, c) => {
    const inside = component.filter((pc) => pc !== 0 && counts(pc)).length;
    const behind = component.flatMap((pc) => exitsOf(program, pc).filter((exit) => of[exit] !== c));
    const [top, bottom] = [
      inside + Math.max(0, ...behind.map((pc) => at(most, pc))),
      inside + (behind.length === 0 ? 0 : Math.min(...behind.map((pc) => at(least, pc)))),
    ];
    for (const pc of component) {
      most[pc] = top;
      least[pc] = bottom;
    }
  });
  return { most, least };
}

/** What can be met from each operation on, as the union of masks. */
export function unionAhead(program: Program, maskAt: (pc: number) => number): Int32Array {
  const union = new Int32Array(program.code.length);
  const { members, of } = partsOf(program);
  members.forEach((component, c) => {
    let mask = 0;
    for (const pc of component) {
      if (pc !== 0) mask |= maskAt(pc);
      for (const exit of exitsOf(program, pc)) if (of[exit] !== c) mask |= at(union, exit);
    }
    for (const pc of component) union[pc] = mask;
  });
  return union;
}

/** Whether the program's code has a loop. */
export const hasLoop = (program: Program): boolean =>
  partsOf(program).members.some(
    (component) =>
      component.length > 1 || component.some((pc) => exitsOf(program, pc).includes(pc)),
  );
