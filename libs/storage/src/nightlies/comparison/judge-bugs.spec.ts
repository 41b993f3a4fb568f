import { judgeBugs, type BugFate, type MetBug, type Night } from './judge-bugs.js';

const night = (campaign: number, schedules = 1_000): Night => ({
  campaign,
  schedules: new Map([['nbd/buggy', schedules]]),
});

const bugOf = (counts: number[], history: MetBug['history'] = []): MetBug => ({
  bug: 1,
  scenario: 'nbd',
  variant: 'buggy',
  signature: 'deadlock@f+g',
  report: false,
  counts,
  history,
});

const event = (
  kind: 'found' | 'gone' | 'regressed',
  campaign: number,
): MetBug['history'][number] => ({ kind, campaign, at: new Date(0) });

const fates = (nights: readonly Night[], bug: MetBug): BugFate[] =>
  judgeBugs(nights, [bug]).map(({ fate }) => fate);

const NIGHTS = [night(1), night(2), night(3)];

describe('what became of a bug', () => {
  it('is new where no night before met it, standing where one did', () => {
    expect(fates(NIGHTS, bugOf([0, 0, 5]))).toEqual(['new']);
    expect(fates(NIGHTS, bugOf([5, 0, 5]))).toEqual(['standing']);
    expect(fates([night(1)], bugOf([5]))).toEqual(['new']);
  });

  it('is gone only when its rate makes chance unlikely', () => {
    expect(fates(NIGHTS, bugOf([5, 6, 0]))).toEqual(['unmet']);
    expect(fates(NIGHTS, bugOf([7, 7, 0]))).toEqual(['gone']);
    expect(fates(NIGHTS, bugOf([4, 0, 0]))).toEqual(['gone']);
    expect(fates(NIGHTS, bugOf([3, 0, 0]))).toEqual(['unmet']);
  });

  it('is gone sooner in a night that ran more', () => {
    expect(fates([night(1), night(2, 10_000)], bugOf([1, 0]))).toEqual(['gone']);
    expect(judgeBugs([night(1), night(2, 10_000)], [bugOf([1, 0])])).toMatchObject([
      { expected: 10, count: 0, countBefore: 1 },
    ]);
  });

  it('is nothing where the night did not run its variant', () => {
    expect(fates([night(1), { campaign: 2, schedules: new Map() }], bugOf([50, 0]))).toEqual([]);
  });

  it('is told once when it is gone, and stays gone in silence', () => {
    expect(fates(NIGHTS, bugOf([50, 0, 0], [event('gone', 3)]))).toEqual(['gone']);
    expect(fates(NIGHTS, bugOf([50, 0, 0], [event('gone', 2)]))).toEqual([]);
  });

  it('has regressed in the night whose campaign met it again', () => {
    const history = [event('found', 1), event('gone', 2), event('regressed', 3)];
    expect(fates(NIGHTS, bugOf([50, 0, 1], history))).toEqual(['regressed']);
    expect(fates([...NIGHTS, night(4)], bugOf([50, 0, 1, 1], history))).toEqual(['standing']);
  });

  it('counts nights without it from when another campaign met it again', () => {
    const history = [event('found', 1), event('gone', 2), event('regressed', 3)];
    const nights = [night(1), night(2), night(4, 100)];
    expect(fates(nights, bugOf([20, 0, 0], history))).toEqual(['unmet']);
    expect(fates([...nights, night(5)], bugOf([20, 0, 0, 0], history))).toEqual(['gone']);
  });
});
