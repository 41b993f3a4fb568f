/** How the golden files of the reduction tell what it computes: resources, locks and tasks by name, states by number. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BoundExceeded, type Machine, type Program } from '@lastref/kernel';
import { StateGraph } from '../../../../libs/exploration/src/search/graph.js';
import {
  touches,
  writes,
  type Bits,
} from '../../../../libs/exploration/src/search/reduction/bits.js';
import type { EffectBits } from '../../../../libs/exploration/src/search/reduction/effect-bits.js';

/** Compares with <name>.golden.txt, which `npm run golden` writes. */
export function expectGolden(name: string, lines: readonly string[]): void {
  const file = join(__dirname, `${name}.golden.txt`);
  const text = `${lines.join('\n')}\n`;
  if (process.env['WRITE_GOLDEN'] === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

/** What is read, and written where a star stands. */
export function bitsIn(effects: EffectBits): (bits: Bits) => string {
  const { of, worksOf } = effects.effects;
  const all = [...of, ...worksOf.map((_, type) => effects.effects.taking(type))];
  const names = [...new Set(all.flatMap((one) => [...one.reads, ...one.writes]))].sort();
  return (bits) =>
    names
      .map((name) => ({ name, number: effects.numberOf(name) }))
      .filter(({ number }) => touches(bits, number))
      .map(({ name, number }) => `${name}${writes(bits, number) ? '*' : ''}`)
      .join(', ') || 'nothing';
}

export const tasksIn = (mask: number): number[] =>
  Array.from({ length: 32 }, (_, task) => task).filter((task) => (mask & (1 << task)) !== 0);

export const maskTold = (mask: number): string => tasksIn(mask).join(' ') || '-';

/** The operation a task stands at. */
export const placeTold = ({ code }: Program, pc: number): string => `${pc} ${code[pc]?.op ?? ''}`;

/** A program is explored no further. */
const MOST_STATES = 2_000;

/** About so many states of a program, from first to last, or all of them; the machine holds the one that is visited. */
export function visitStates(
  program: Program,
  visit: (machine: Machine, state: number) => void,
  most = MOST_STATES,
): void {
  const graph = new StateGraph(program);
  for (let state = 0; state < graph.store.count && state < MOST_STATES; state++)
    expandWithin(graph, state);
  const count = Math.min(graph.store.count, MOST_STATES);
  for (let state = 0; state < count; state += Math.ceil(count / most)) {
    graph.restore(state);
    visit(graph.machine, state);
  }
}

/** A run past a bound is followed no further. */
function expandWithin(graph: StateGraph, state: number): void {
  graph.restore(state);
  try {
    graph.expand(state, {});
  } catch (error) {
    if (!(error instanceof BoundExceeded)) throw error;
  }
}

/** The lines of a program that it has, each once. */
export const once = (lines: readonly string[]): string[] => [...new Set(lines)];
