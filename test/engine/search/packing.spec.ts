/**
 * What a step's log gives is what packing anew gives, with its sum; it undoes the step; and what was packed comes back,
 * also when states have become wider since. For every step of many runs of every program.
 */
import { RandomWalk } from '@lastref/exploration';
import { Machine, SlimPacker, tablesOf } from '@lastref/kernel';
import { catalogue, compileAddress } from '@lastref/scenarios';

const RUNS = 20;
const STEPS = 200;
const WORDS_MAX = 64;
const factors = Int32Array.from({ length: WORDS_MAX }, (_, w) => 2 * w + 3);
const sumOf = (words: Int32Array): number =>
  words.reduce((sum, word, w) => (sum + Math.imul(word, factors[w] ?? 0)) | 0, 0);

it.each(catalogue().map((a) => `${a.scenario}/${a.variant}/${a.case}`))('%s', (address) => {
  const machine = new Machine(tablesOf(compileAddress(address)));
  machine.reset();
  const packer = new SlimPacker(machine);
  const walk = new RandomWalk();
  const slots = machine.tables.layout.slots.length;
  const unpacked = machine.state.slice();
  const kept: { words: Int32Array; state: Int32Array }[] = [];
  const wrong: string[] = [];
  const expectEqual = (what: string, a: ArrayLike<number>, b: ArrayLike<number>): void => {
    for (let i = 0; i < slots && i < a.length; i++) if (a[i] !== b[i]) wrong.push(`${what} ${i}`);
  };
  for (let seed = 0; seed < RUNS; seed++) {
    machine.reset();
    walk.begin(seed);
    for (let step = 0; step < STEPS; step++) {
      const candidates = machine.candidates();
      if (candidates === 0) break;
      const before = machine.state.slice();
      if (!machine.step(walk.pick(machine, candidates), false)) break;
      packer.admit(machine);
      const { words } = packer;
      const after = machine.state.slice();
      const anew = new Int32Array(words);
      packer.pack(machine, anew, 0);
      machine.cells.set(before);
      const out = new Int32Array(2 * words);
      packer.pack(machine, out, 0);
      machine.cells.set(after);
      const sum = sumOf(out.slice(0, words));
      const grown = packer.packAndUndo(machine, out, 0, words, factors);
      expectEqual('undone', machine.state, before);
      expectEqual('packed', out.subarray(words), anew);
      if (((sum + grown) | 0) !== sumOf(anew)) wrong.push('sum');
      machine.cells.set(after);
      if (kept.length < 100) kept.push({ words: anew, state: after });
    }
  }
  const current = new Int32Array(packer.words);
  for (const { words, state } of kept) {
    const wide = new Int32Array(packer.words);
    wide.set(words);
    packer.unpackOnto(wide, 0, current, unpacked);
    expectEqual('unpacked by difference', unpacked, state);
    packer.unpack(wide, 0, machine.cells);
    expectEqual('unpacked', machine.state, state);
  }
  expect(wrong).toEqual([]);
});
