import fc from 'fast-check';
import { grown, GrowingInts } from './growing.js';

describe('an array that grows', () => {
  it('stays itself while it is long enough', () => {
    const array = new Int32Array(4);
    expect(grown(array, 4)).toBe(array);
  });

  it('keeps what it holds, its kind, and fills what is new', () => {
    const array = Float64Array.of(1, 2);
    expect([...grown(array, 3, Infinity)]).toEqual([1, 2, Infinity, Infinity]);
    expect(grown(array, 9)).toHaveLength(9);
    expect(grown(Int32Array.of(7), 2)).toEqual(Int32Array.of(7, 0));
  });
});

it('is a list of integers like any other', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(5_000), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }))),
      (writes) => {
        const [ints, model] = [new GrowingInts(), new Map<number, number>()];
        for (const [index, value] of writes) {
          ints.set(index, value);
          model.set(index, value);
        }
        const length = Math.max(-1, ...model.keys()) + 1;
        expect(ints).toHaveLength(length);
        expect([...ints.data]).toEqual(Array.from({ length }, (_, i) => model.get(i) ?? 0));
        ints.push(5);
        expect([ints.get(length), ints.get(length + 1)]).toEqual([5, 0]);
      },
    ),
  );
});
