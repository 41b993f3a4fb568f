/** Sets of resources in words: two words for reads, two for writes. */
import {
  conflict,
  setBit,
  touches,
  unite,
  writes,
  type Bits,
} from '../../../../libs/exploration/src/search/reduction/bits.js';

const WORDS = 2;
const RESOURCES = [0, 1, 31, 32, 63];

const effect = ({
  reads = [],
  written = [],
}: Partial<Record<'reads' | 'written', number[]>>): Bits => {
  const bits = new Int32Array(2 * WORDS);
  for (const number of reads) setBit(bits, number, 0);
  for (const number of written) setBit(bits, number, WORDS);
  return bits;
};

it.each(RESOURCES)('resource %i is read, or written, and no other is', (number) => {
  const [reading, writing] = [effect({ reads: [number] }), effect({ written: [number] })];
  for (const other of RESOURCES) {
    expect(touches(reading, other)).toBe(other === number);
    expect(touches(writing, other)).toBe(other === number);
    expect(writes(reading, other)).toBe(false);
    expect(writes(writing, other)).toBe(other === number);
  }
});

it.each(RESOURCES)('writing resource %i conflicts with reading and with writing it', (number) => {
  const [reading, writing] = [effect({ reads: [number] }), effect({ written: [number] })];
  expect(conflict(reading, writing)).toBe(true);
  expect(conflict(writing, reading)).toBe(true);
  expect(conflict(writing, writing)).toBe(true);
  expect(conflict(reading, reading)).toBe(false);
  for (const other of RESOURCES.filter((one) => one !== number)) {
    const beside = effect({ reads: [other], written: [other] });
    expect(conflict(beside, writing)).toBe(false);
    expect(conflict(reading, beside)).toBe(false);
  }
});

it('a resource that nothing touches is in no set, and no set has it', () => {
  const bits = effect({ reads: [-1], written: [-1] });
  expect([...bits]).toEqual([0, 0, 0, 0]);
  const full = new Int32Array(2 * WORDS).fill(-1);
  expect(touches(full, -1)).toBe(false);
  expect(writes(full, -1)).toBe(false);
});

it('sets grow by what is added and keep what they had', () => {
  const bits = effect({ reads: [1], written: [32] });
  setBit(bits, 2, 0);
  setBit(bits, 33, WORDS);
  unite(bits, effect({ reads: [63], written: [31] }));
  expect(bits).toEqual(effect({ reads: [1, 2, 63], written: [31, 32, 33] }));
});
