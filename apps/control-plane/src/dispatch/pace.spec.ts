import { ANNOUNCED_LEAST, ANNOUNCED_MOST } from '@lastref/queue';
import { Pace } from './pace.js';

/** Feeds as often as asked; between two feeds the workers take so many. */
function feeds(times: number, taken: number, pace = new Pace()): number[] {
  let ready = 0;
  return Array.from({ length: times }, () => {
    const target = pace.target(1);
    pace.observe({ ready, carved: Math.max(0, target - ready) }, target);
    ready = Math.max(0, Math.max(ready, target) - taken);
    return target;
  });
}

describe('the pace of feeding', () => {
  it('is the least while shards take their time', () => {
    expect(new Set(feeds(20, 2))).toEqual(new Set([ANNOUNCED_LEAST]));
  });

  it('grows until the queue no longer runs dry, and stays there', () => {
    const targets = feeds(20, 100);
    expect(targets.slice(-5)).toEqual([256, 256, 256, 256, 256]);
    expect(Math.max(...targets)).toBe(512);
  });

  it('has a limit, and comes back once shards are large again', () => {
    const pace = new Pace();
    expect(Math.max(...feeds(40, 1_000_000, pace))).toBe(ANNOUNCED_MOST);
    expect(feeds(2_000, 1, pace).at(-1)).toBe(ANNOUNCED_LEAST);
  });

  it('does not grow where nothing is left to carve', () => {
    const pace = new Pace();
    for (let feed = 0; feed < 10; feed += 1) pace.observe({ ready: 0, carved: 1 }, pace.target(1));
    expect(pace.target(1)).toBe(ANNOUNCED_LEAST);
  });
});
