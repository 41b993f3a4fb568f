import type { EngineRound } from './engine-build.js';
import { judge, type AgainstRound } from './judge.js';
import { ENGINE_TASKS } from './tasks.js';

const task = ENGINE_TASKS['walker-nbd'];
const took = (seconds: number, steps = 1): EngineRound => ({
  work: 100,
  seconds,
  answer: { steps },
});
const round = (now: number, before: number, again: number): AgainstRound => ({
  now: took(now),
  before: took(before),
  again: took(again),
});

it('is not worse as long as its rounds reach into the noise', () => {
  const rounds = [round(1.02, 1, 0.99), round(1.03, 1, 1.03), round(1, 1, 1.02), round(1.04, 1, 1)];
  expect(judge('row', task, rounds)).toMatchObject({ meets: true, unit: 'schedules/s' });
});

it('is worse once the middle half of its rounds lies below that of the noise', () => {
  const rounds = [0.99, 1, 1.01, 1.02].map((again) => round(1.1, 1, again));
  const row = judge('row', task, rounds);
  expect(row).toMatchObject({ meets: false, ratio: 0.909 });
  expect(row.notes?.[0]).toMatch(/^noise 0\.9\d+ to 1/);
});

it('says when both did not do the same', () => {
  const rounds = [{ ...round(1, 1, 1), now: took(1, 2) }];
  expect(judge('row', task, rounds).notes?.[1]).toBe(
    'the answers differ: now {"steps":2}, before {"steps":1}',
  );
});
