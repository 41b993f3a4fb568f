import { Activity } from './activity.js';
import { StallClock } from './stall-clock.js';

const STUCK = { starts: 3, idle: true, waiting: 1 };

describe('the clock of a stall', () => {
  let clock: StallClock;

  beforeEach(() => {
    clock = new StallClock();
    clock.look({ ...STUCK, nowMs: 0 });
  });

  it('runs from the first look at which nothing had begun', () => {
    expect([5, 20, 35].map((nowMs) => clock.look({ ...STUCK, nowMs }))).toEqual([0, 15, 30]);
  });

  it.each([
    ['something began', { starts: 4 }],
    ['something runs', { idle: false }],
    ['nothing waits', { waiting: 0 }],
  ])('begins anew when %s', (_, change) => {
    clock.look({ ...STUCK, nowMs: 10 });
    expect(clock.look({ ...STUCK, nowMs: 20 })).toBe(10);
    expect(clock.look({ ...STUCK, ...change, nowMs: 30 })).toBe(0);
    const after = { ...STUCK, ...change, waiting: 1, idle: true };
    expect(clock.look({ ...after, nowMs: 40 })).toBe(0);
    expect(clock.look({ ...after, nowMs: 50 })).toBe(10);
  });

  it('begins anew when nobody could look', () => {
    clock.look({ ...STUCK, nowMs: 10 });
    clock.reset();
    expect(clock.look({ ...STUCK, nowMs: 50 })).toBe(0);
  });
});

describe('the activity of a worker', () => {
  it('is idle until work runs, and again when it has failed', async () => {
    const activity = new Activity();
    const running = activity.during(Promise.reject(new Error('no')));
    expect(activity.idle).toBe(false);
    await expect(running).rejects.toThrow('no');
    expect(activity.idle).toBe(true);
    activity.started();
    expect(activity.starts).toBe(1);
  });
});
