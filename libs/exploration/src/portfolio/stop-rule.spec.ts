import { EXPLORATION_LIMITS } from '../limits.js';
import { durationText } from './duration.js';
import { parseStop } from './stop-rule.js';

describe('parseStop', () => {
  it.each([
    ['count', { kind: 'count' }],
    ['first-failure', { kind: 'first-failure' }],
    ['ci:0.01', { kind: 'ci', width: 0.01 }],
    ['time:1ms', { kind: 'time', ms: 1 }],
    ['time:90s', { kind: 'time', ms: 90_000 }],
    ['time:10m', { kind: 'time', ms: 600_000 }],
    ['time:2h', { kind: 'time', ms: 7_200_000 }],
    ['time:720h', { kind: 'time', ms: EXPLORATION_LIMITS.stopMs }],
  ])('%s', (text, rule) => {
    expect(parseStop(text)).toEqual({ ok: true, rule });
  });

  it.each(['', 'ci', 'ci:0', 'ci:1', 'ci:1e-3', 'first', 'time', '10m'])('refuses %p', (text) => {
    expect(parseStop(text)).toEqual({
      ok: false,
      message: `'${text}' is no rule to stop by; there are: count, first-failure, ci:<width between 0 and 1>, time:<duration>`,
    });
  });

  it.each([
    'time:',
    'time:90',
    'time:0s',
    'time:1.5h',
    'time:-1s',
    'time:1d',
    'time:1m30s',
    'time:721h',
  ])('refuses %p with what would do', (text) => {
    expect(parseStop(text)).toEqual({
      ok: false,
      message: `'${text}' names no duration from 1ms to 720h: write a whole number and ms, s, m or h, as in time:90s`,
    });
  });
});

it('a duration is written in the largest unit that leaves a whole number', () => {
  expect([1, 1_500, 30_000, 90_000, 600_000, 7_200_000].map(durationText)).toEqual([
    '1ms',
    '1500ms',
    '30s',
    '90s',
    '10m',
    '2h',
  ]);
});
