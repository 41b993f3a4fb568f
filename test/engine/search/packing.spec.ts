/** A step's log gives the words that packing anew gives, their sum, and undoes the step, for every step of many runs. */
import { RandomWalk } from '@lastref/exploration';
import { Machine, Packer, tablesOf } from '@lastref/kernel';
import { catalogue, compileAddress } from '@lastref/scenarios';

const RUNS = 20;
const STEPS = 200;

it.each(catalogue().map((a) => `${a.scenario}/${a.variant}/${a.case}`))('%s', (address) => {
  const tables = tablesOf(compileAddress(address));
  const machine = new Machine(tables);
  const packer = new Packer(tables.layout);
  const { words } = packer;
  const walk = new RandomWalk();
  const packed = new Int32Array(3 * words);
  const factors = Int32Array.from({ length: words }, (_, w) => 2 * w + 3);
  const sum = (first: number): number =>
    factors.reduce((n, factor, w) => (n + Math.imul(packed[first + w] ?? 0, factor)) | 0, 0);
  const base = new Int32Array(machine.state.length);
  let wrong = 0;
  for (let seed = 0; seed < RUNS; seed++) {
    machine.reset();
    walk.begin(seed);
    for (let step = 0; step < STEPS; step++) {
      const candidates = machine.candidates();
      if (candidates === 0) break;
      base.set(machine.state);
      packer.pack(base, packed, 0);
      const task = walk.pick(machine, candidates);
      if (!machine.step(task, false)) break;
      packer.pack(machine.state, packed, words);
      const after = machine.state.slice();
      const grown = packer.packAndUndo(machine, packed, 0, 2 * words, factors);
      if (((sum(0) + grown) | 0) !== sum(words)) wrong++;
      for (let w = 0; w < words; w++) if (packed[2 * words + w] !== packed[words + w]) wrong++;
      for (let i = 0; i < base.length; i++) if (machine.state[i] !== base[i]) wrong++;
      machine.cells.set(after);
    }
  }
  expect(wrong).toBe(0);
});
