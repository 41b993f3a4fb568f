/** What a program shows, once every way of going through it has said the same. */
import { prove } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import { agreedKinds } from '../random/drivers.js';

export interface Told {
  readonly failures: readonly string[];
  readonly reports: readonly string[];
}

export function told(program: Program): Told {
  agreedKinds(program);
  const { failures, reports, complete } = prove(program);
  if (!complete) throw new Error('the program is too large for this');
  return { failures, reports };
}
