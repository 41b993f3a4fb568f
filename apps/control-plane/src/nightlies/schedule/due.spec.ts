/** When nightlies are due where clocks jump: four zones, forward and back. */
import { dueSince, nextDue } from './due.js';

const at = (text: string): Date => new Date(text);
const texts = (dates: readonly Date[]): string[] => dates.map((date) => date.toISOString());

/** Zone, cron, now, and the next three due times. */
const TABLE: [string, string, string, string, string[]][] = [
  [
    'Europe/Berlin',
    '30 2 * * *',
    'forward: 02:30 is not there, 03:00 is the first instant after the gap',
    '2027-03-27T12:00:00Z',
    ['2027-03-28T01:00:00.000Z', '2027-03-29T00:30:00.000Z', '2027-03-30T00:30:00.000Z'],
  ],
  [
    'Europe/Berlin',
    '30 2 * * *',
    'back: 02:30 is there twice, the first counts',
    '2027-10-30T12:00:00Z',
    ['2027-10-31T00:30:00.000Z', '2027-11-01T01:30:00.000Z', '2027-11-02T01:30:00.000Z'],
  ],
  [
    'America/New_York',
    '15,45 2 * * *',
    'forward: two times in one gap are one',
    '2027-03-13T12:00:00Z',
    ['2027-03-14T07:00:00.000Z', '2027-03-15T06:15:00.000Z', '2027-03-15T06:45:00.000Z'],
  ],
  [
    'America/New_York',
    '30 1 * * *',
    'back: asked between the two, the next is tomorrow',
    '2026-11-01T05:45:00Z',
    ['2026-11-02T06:30:00.000Z', '2026-11-03T06:30:00.000Z', '2026-11-04T06:30:00.000Z'],
  ],
  [
    'America/New_York',
    '30 1 * * *',
    'back: asked in the second hour, the next is tomorrow',
    '2026-11-01T06:10:00Z',
    ['2026-11-02T06:30:00.000Z', '2026-11-03T06:30:00.000Z', '2026-11-04T06:30:00.000Z'],
  ],
  [
    'Australia/Lord_Howe',
    '15 2 * * *',
    'forward by half an hour, from 02:00 to 02:30',
    '2026-10-03T12:00:00Z',
    ['2026-10-03T15:30:00.000Z', '2026-10-04T15:15:00.000Z', '2026-10-05T15:15:00.000Z'],
  ],
  [
    'Australia/Lord_Howe',
    '45 1 * * *',
    'back by half an hour: 01:45 is there twice',
    '2027-04-03T00:00:00Z',
    ['2027-04-03T14:45:00.000Z', '2027-04-04T15:15:00.000Z', '2027-04-05T15:15:00.000Z'],
  ],
  [
    'Pacific/Apia',
    '0 2 * * *',
    'forward by a day: the 30th of December 2011 was left out',
    '2011-12-29T00:00:00Z',
    ['2011-12-29T12:00:00.000Z', '2011-12-30T10:00:00.000Z', '2011-12-30T12:00:00.000Z'],
  ],
  [
    'Europe/Berlin',
    '0 2 29 2 *',
    'a day that comes every four years',
    '2027-01-01T00:00:00Z',
    ['2028-02-29T01:00:00.000Z', '2032-02-29T01:00:00.000Z', '2036-02-29T01:00:00.000Z'],
  ],
];

describe('the next due times', () => {
  it.each(TABLE)('in %s of %s, %s', (zone, cron, _what, now, expected) => {
    const found: Date[] = [];
    for (let from = at(now); found.length < expected.length; from = found.at(-1) ?? from) {
      found.push(nextDue({ cron, zone }, from));
    }
    expect(texts(found)).toEqual(expected);
  });

  it('are after now, never now', () => {
    const schedule = { cron: '0 2 * * *', zone: 'UTC' };
    expect(texts([nextDue(schedule, at('2026-11-28T02:00:00Z'))])).toEqual([
      '2026-11-29T02:00:00.000Z',
    ]);
    expect(texts([nextDue(schedule, at('2026-11-28T01:59:59.999Z'))])).toEqual([
      '2026-11-28T02:00:00.000Z',
    ]);
  });

  it('run every minute of a doubled hour once, and go on behind it', () => {
    const schedule = { cron: '* * * * *', zone: 'America/New_York' };
    expect(texts([nextDue(schedule, at('2026-11-01T05:59:00Z'))])).toEqual([
      '2026-11-01T07:00:00.000Z',
    ]);
  });

  it('do not hang on the zone of this machine', () => {
    const inUtc = nextDue({ cron: '0 0 * * 1', zone: 'UTC' }, at('2026-11-28T00:00:00Z'));
    expect(inUtc.toISOString()).toBe('2026-11-30T00:00:00.000Z');
  });
});

describe('the due times since one', () => {
  it('are those up to now, newest first', () => {
    const schedule = { cron: '0 2 * * *', zone: 'Europe/Berlin' };
    const found = dueSince(schedule, at('2027-03-27T01:00:00Z'), at('2027-03-30T00:00:00Z'));
    expect(texts(found)).toEqual([
      '2027-03-30T00:00:00.000Z',
      '2027-03-29T00:00:00.000Z',
      '2027-03-28T01:00:00.000Z',
      '2027-03-27T01:00:00.000Z',
    ]);
  });

  it('are not lost where the clocks show less than when it was due', () => {
    const schedule = { cron: '30 1 * * *', zone: 'America/New_York' };
    const due = at('2026-11-01T05:30:00Z');
    expect(texts(dueSince(schedule, due, at('2026-11-01T06:10:00Z')))).toEqual([due.toISOString()]);
  });

  it('are bounded, the latest kept', () => {
    const schedule = { cron: '* * * * *', zone: 'UTC' };
    const found = dueSince(schedule, at('2026-01-01T00:00:00Z'), at('2026-11-28T00:00:00Z'));
    expect(found).toHaveLength(100);
    expect(found[0]?.toISOString()).toBe('2026-11-28T00:00:00.000Z');
  });

  it('are none before the first', () => {
    const schedule = { cron: '* * * * *', zone: 'UTC' };
    expect(dueSince(schedule, at('2026-11-28T00:01:00Z'), at('2026-11-28T00:00:30Z'))).toEqual([]);
  });
});
