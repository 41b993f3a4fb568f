/**
 * Where the operations of a program were written. A program that this process compiled remembers; a program file, or one from a
 * service, has no lines.
 */
import { linesOf, placeOf } from '@lastref/authoring';
import type { PlaceOf } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';

export function placesOf(program: Program): PlaceOf {
  const lines = linesOf(program);
  return lines === undefined ? () => '' : (pc) => placeOf(lines, pc);
}
