import { SLICE_MS, SLICE_TARGET_MS } from '../limits.js';
import { nextSlice } from './slices.js';

describe('slices', () => {
  it('double at most, shrink at once, and never vanish', () => {
    expect(nextSlice(64, 0)).toBe(128);
    expect(nextSlice(1_000, SLICE_MS)).toBe(500);
    expect(nextSlice(1, 10_000)).toBe(1);
  });

  it('settle at the target', () => {
    expect(nextSlice(1_000, SLICE_TARGET_MS)).toBe(1_000);
  });
});
