import { campaignRequestSchema } from './campaigns.js';
import { ordersRequestSchema } from './orders.js';
import { pageQuerySchema } from './page.js';
import { replayRequestSchema } from './replays.js';

const digest = '0'.repeat(64);

describe('campaign requests', () => {
  it('fills in the strategy and the first seed', () => {
    expect(campaignRequestSchema.parse({ programs: ['nbd/buggy'], schedules: 5 })).toEqual({
      programs: ['nbd/buggy'],
      schedules: 5,
      strategy: 'rw/1',
      seedFrom: 0,
    });
  });

  it.each([
    ['no program', { programs: [], schedules: 1 }],
    ['a program that is neither address nor digest', { programs: ['NBD'], schedules: 1 }],
    ['no schedules', { programs: ['nbd/buggy'], schedules: 0 }],
    ['an unknown field', { programs: ['nbd/buggy'], schedules: 1, shards: 1 }],
    ['seeds past 2^53', { programs: ['a/b'], schedules: 2, seedFrom: Number.MAX_SAFE_INTEGER }],
  ])('refuse %s', (_, body) => {
    expect(campaignRequestSchema.safeParse(body).success).toBe(false);
  });
});

describe('replay requests', () => {
  it.each([
    [{ address: 'nbd/buggy', strategy: 'rw/1', seed: 3 }],
    [{ digest, strategy: 'rw/1', seed: 0 }],
    [{ digest, schedule: '' }],
    [{ address: 'nbd/buggy/main', schedule: '01' }],
    [{ token: 'lr1.x' }],
  ])('accept %j', (body) => {
    expect(replayRequestSchema.safeParse(body).success).toBe(true);
  });

  it.each([
    [{}],
    [{ address: 'nbd/buggy' }],
    [{ address: 'nbd/buggy', seed: 1 }],
    [{ strategy: 'rw/1', seed: 1 }],
    [{ address: 'nbd/buggy', digest, schedule: '0' }],
    [{ address: 'nbd/buggy', schedule: '0', seed: 1 }],
    [{ token: 'lr1.x', schedule: '0' }],
  ])('refuse %j', (body) => {
    expect(replayRequestSchema.safeParse(body).success).toBe(false);
  });
});

describe('requests for orders', () => {
  it.each([
    [{ address: 'devmem/buggy' }],
    [{ digest, milestones: ['close', 'uninstalled'], maxStates: 1 }],
  ])('accept %j', (body) => {
    expect(ordersRequestSchema.safeParse(body).success).toBe(true);
  });

  it.each([
    [{}],
    [{ address: 'devmem/buggy', digest }],
    [{ digest, milestones: ['close'] }],
    [{ digest, milestones: ['a', 'b', 'c', 'd', 'e'] }],
    [{ digest, maxStates: 0 }],
    [{ digest, maxStates: 50_001 }],
  ])('refuse %j', (body) => {
    expect(ordersRequestSchema.safeParse(body).success).toBe(false);
  });
});

describe('page queries', () => {
  it('read the limit as a number and default it', () => {
    expect(pageQuerySchema.parse({ limit: '200' })).toEqual({ limit: 200 });
    expect(pageQuerySchema.parse({})).toEqual({ limit: 50 });
  });

  it.each([['0'], ['201'], ['-1'], ['1e2'], ['']])('refuse the limit "%s"', (limit) => {
    expect(pageQuerySchema.safeParse({ limit }).success).toBe(false);
  });
});
