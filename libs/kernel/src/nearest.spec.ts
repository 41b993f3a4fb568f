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

  it('is the first of equally near ones, whatever their length', () => {
    expect(nearest('abcd', ['abcde', 'abce', 'abcf'])).toBe('abcde');
  });

  it('is looked for with bounded work: not behind very many long names, nor for one longer than any of ours', () => {
    const name = 'a'.repeat(150);
    const far = Array.from({ length: 10_000 }, () => 'z'.repeat(150));
    const near = `${name.slice(1)}b`;
    expect(nearest(name, [near, ...far])).toBe(near);
    expect(nearest(name, [...far, near])).toBeUndefined();
    const huge = 'x'.repeat(900_000);
    expect(nearest(huge, [`${huge}y`])).toBeUndefined();
  });
});
