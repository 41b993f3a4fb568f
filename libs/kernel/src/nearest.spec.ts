import { nearest } from './nearest.js';

const known = ['nbd/buggy/main', 'nbd/fixed/main', 'mlx5/buggy/main'];

describe('the nearest name', () => {
  it.each([
    ['nbd/bugy/main', 'nbd/buggy/main'],
    ['nbd/fixd/man', 'nbd/fixed/main'],
    ['mlx5/buggy/main', 'mlx5/buggy/main'],
  ])('of %s is %s', (name, meant) => {
    expect(nearest(name, known)).toBe(meant);
  });

  it('is none when nothing is near', () => {
    expect(nearest('usb/unplug/during-probe', known)).toBeUndefined();
    expect(nearest('x', [])).toBeUndefined();
  });
});
