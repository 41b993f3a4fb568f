/** What is wrong with the work: nobody to do it, nobody who can, nobody who does, and what a person must look at. */
import type { Check, Progress } from '@lastref/contracts';
import type { Depth } from '@lastref/queue';
import type { DatabaseFacts } from '@lastref/storage';
import { fault, ok, warning } from './verdicts.js';

export function judgeWork(facts: DatabaseFacts, progress: Progress, explore: Depth): Check[] {
  return [
    workers(progress),
    semantics(facts),
    versions(facts),
    movement(progress),
    queue(explore),
    incidents(facts),
    quarantine(facts),
    shrinks(facts),
  ];
}

function workers({ workersAlive, threadsAlive, campaignsRunning }: Progress): Check {
  const found = `${workersAlive} alive with ${threadsAlive} threads`;
  if (workersAlive > 0) return ok('workers', found);
  const advice = 'Start one: npm start does, or node apps/worker/dist/main.js with the two URLs.';
  return campaignsRunning > 0 ? fault('workers', found, advice) : warning('workers', found, advice);
}

function semantics({ waitingSemantics }: DatabaseFacts): Check {
  if (waitingSemantics.length === 0)
    return ok('semantics', 'every running campaign has its engine');
  return fault(
    'semantics',
    `no live worker has the engine of semantics ${waitingSemantics.join(', ')}, which running campaigns need`,
    'Start a worker of that version, or push the programs again with this one and start anew.',
  );
}

function versions({ workerVersions }: DatabaseFacts): Check {
  const found = workerVersions.length === 0 ? 'none' : workerVersions.join(', ');
  if (workerVersions.length <= 1) return ok('worker versions', found);
  return warning('worker versions', found, 'An upgrade is under way, or was forgotten somewhere.');
}

function movement({ movement: state, oldestQueuedMs, shards }: Progress): Check {
  const { pending, queued, leased } = shards;
  const found = `${state}: ${pending} pending, ${queued} queued, ${leased} running`;
  switch (state) {
    case 'idle':
    case 'moving':
      return ok('progress', found);
    case 'no-workers':
      return fault('progress', found, 'Work waits and nobody is alive to do it: start a worker.');
    case 'stuck':
      return fault(
        'progress',
        `${found}, the first for ${Math.round(oldestQueuedMs / 1_000)} s`,
        "Nothing runs although workers are alive: see the workers' logs; one that hangs ends itself after 30 s.",
      );
  }
}

function queue({ paused, waiting, active, delayed }: Depth): Check {
  const found = `${waiting} waiting, ${active} taken, ${delayed} to be tried again`;
  if (paused) return fault('queue', `paused, ${found}`, 'Resume the queue explore.');
  return ok('queue', found);
}

function incidents({ openIncidents }: DatabaseFacts): Check {
  if (openIncidents === 0) return ok('incidents', 'none open');
  const found = `${openIncidents} open`;
  return fault(
    'incidents',
    found,
    'See `lastref incident list`; close each when it is understood.',
  );
}

function quarantine({ quarantinedShards }: DatabaseFacts): Check {
  if (quarantinedShards === 0) return ok('quarantine', 'no shard of a running campaign');
  const found = `${quarantinedShards} shards of running campaigns`;
  const advice = 'Their messages stand under missing ranges in `lastref campaign status <id>`.';
  return warning('quarantine', found, advice);
}

function shrinks({ failedShrinks }: DatabaseFacts): Check {
  if (failedShrinks === 0) return ok('shrinks', 'none given up');
  return warning(
    'shrinks',
    `${failedShrinks} given up`,
    'Those bugs have seeds but no minimal reproduction; `lastref shrink` with more --max-nodes may find one.',
  );
}
