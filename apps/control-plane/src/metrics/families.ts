/**
 * The metrics of the service: name, help, and what of the database's counts it is. All that is labelled is a state, so there
 * are as many series as are written here, whatever people store and run.
 */
import type { StoredMetrics } from '@lastref/storage';

export interface Family {
  readonly name: string;
  readonly help: string;
  /** A counter only grows, over restarts too. */
  readonly type: 'counter' | 'gauge';
  readonly values: (stored: StoredMetrics) => number | Readonly<Record<string, number>>;
}

const counter = (name: string, help: string, values: Family['values']): Family => ({
  name: `lastref_${name}_total`,
  help,
  type: 'counter',
  values,
});

const gauge = (name: string, help: string, values: Family['values']): Family => ({
  name: `lastref_${name}`,
  help,
  type: 'gauge',
  values,
});

export const FAMILIES: readonly Family[] = [
  counter('schedules', 'Schedules counted, over all campaigns.', (m) => m.schedules),
  counter('steps', 'Steps of the schedules counted.', (m) => m.steps),
  counter('failing_schedules', 'Schedules that failed.', (m) => m.failing),
  counter('cut_schedules', 'Schedules cut at their step limit, not judged.', (m) => m.cut),
  counter('shards_done', 'Shards whose result was counted.', (m) => m.shardsDone),
  counter('bugs', 'Bugs: one per scenario, variant and signature.', (m) => m.bugs),
  counter('incidents', 'Incidents: what must not happen and did.', (m) => m.incidents),
  gauge('incidents_open', 'Incidents that nobody has closed.', (m) => m.incidentsOpen),
  gauge('campaigns', 'Campaigns by state.', (m) => ({
    running: m.campaignsRunning,
    done: m.campaignsDone,
    incomplete: m.campaignsIncomplete,
    cancelled: m.campaignsCancelled,
  })),
  gauge('shards', 'Shards that are not done, by state.', (m) => ({
    pending: m.shardsPending,
    queued: m.shardsQueued,
    leased: m.shardsLeased,
    quarantined: m.shardsQuarantined,
  })),
  gauge('shrinks', 'Bugs to be reduced on a program, by state.', (m) => ({
    waiting: m.shrinksWaiting,
    sent: m.shrinksSent,
    done: m.shrinksDone,
    failed: m.shrinksFailed,
  })),
  gauge(
    'oldest_queued_seconds',
    'How long the shard that was queued first has waited.',
    (m) => m.oldestQueuedSeconds,
  ),
  gauge('workers_alive', 'Workers seen within the last 15 seconds.', (m) => m.workersAlive),
  gauge('threads_alive', 'Threads these workers explore with.', (m) => m.threadsAlive),
];
