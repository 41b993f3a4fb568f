import { type Counts, movementOf, STUCK_MS } from './movement.js';

const waits: Counts = {
  workersAlive: 1,
  campaignsRunning: 1,
  liveLeases: 0,
  oldestQueuedMs: STUCK_MS,
  shards: { pending: 0, queued: 1 },
};

describe('the work', () => {
  it.each<[string, Partial<Counts>]>([
    ['stuck', {}],
    ['moving', { liveLeases: 1 }],
    ['moving', { oldestQueuedMs: STUCK_MS - 1 }],
    ['moving', { shards: { pending: 5, queued: 0 }, oldestQueuedMs: 0 }],
    ['no-workers', { workersAlive: 0 }],
    ['idle', { campaignsRunning: 0, workersAlive: 0 }],
  ])('is %s where %j', (movement, change) => {
    expect(movementOf({ ...waits, ...change })).toBe(movement);
  });
});
