import { SeedRange } from './seed-range.js';

const all = (range: SeedRange, size: number): number[] => {
  const seeds: number[] = [];
  for (let slice = range.take(size); slice !== undefined; slice = range.take(size))
    for (let i = 0; i < slice.count; i++) seeds.push(slice.from + i);
  return seeds;
};

describe('a range of seeds', () => {
  it('is dealt out once, to the last seed', () => {
    expect(all(SeedRange.of(5, 7), 3)).toEqual([5, 6, 7, 8, 9, 10, 11]);
  });

  it('is shared by whoever has its memory', () => {
    const range = SeedRange.of(0, 4);
    const other = new SeedRange(range.memory);
    expect([range.take(2), other.take(2), range.take(2)]).toEqual([
      { from: 0, count: 2 },
      { from: 2, count: 2 },
      undefined,
    ]);
    other.finish(2);
    expect(range.done).toBe(2);
  });

  it('reaches the largest seed exactly', () => {
    const last = Number.MAX_SAFE_INTEGER;
    expect(all(SeedRange.of(last - 1, 2), 64)).toEqual([last - 1, last]);
  });

  it('gives nothing more once it is cancelled', () => {
    const range = SeedRange.of(0, 4);
    new SeedRange(range.memory).cancel();
    expect(range.take(1)).toBeUndefined();
  });
});
