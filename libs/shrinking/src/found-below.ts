/**
 * What can be said of a seeded run where the exact search in the order of costs has passed its budget: how many layers of no
 * preemption, of one, of two ... below the run's cost hold nothing. Where the run has no events, the search that ended went
 * through just these layers. Else it may have lost itself among dear runs without events, and layers are searched under a
 * budget of their own. That search meets every node that the other did, so it never ends where the other could not.
 */
import { assert, type Cost } from '@lastref/kernel';
import { canonicalSchedule } from './canonical.js';
import { costToKey, INFINITE, keyToCost, layerOf, PREEMPTIONS_FIRST } from './cost-key.js';
import type { CostGraph } from './cost-graph.js';
import type { Found } from './found.js';
import { search, type Search, type SearchOptions } from './search.js';
import type { SeededRun } from './seeded/seeded-run.js';

/** @param ended the exact search that its budget ended */
export function foundBelow(
  graph: CostGraph,
  seeded: SeededRun,
  ended: Search,
  options: SearchOptions,
): Found {
  improve(graph, seeded, ended, options);
  const upper = costToKey(seeded.run.cost);
  if (frontierOf(ended).events === seeded.run.cost.events || upper === INFINITE)
    return asFarAs(ended, seeded);
  const layered = search(graph, { ...options, upper, order: PREEMPTIONS_FIRST });
  improve(graph, seeded, layered, options);
  return asFarAs(layered, seeded);
}

/** A search that its budget ended may have met something cheaper, without knowing it to be the cheapest. */
function improve(
  graph: CostGraph,
  seeded: SeededRun,
  ended: Search,
  { isTarget }: SearchOptions,
): void {
  if (ended.optimum !== null)
    seeded.improve(canonicalSchedule(graph, ended, ended.optimum, isTarget));
}

function asFarAs(ended: Search, { run, from, executor }: SeededRun): Found {
  const frontier = frontierOf(ended);
  const finished = frontier.preemptions - 1;
  const everyEvent = ended.order === PREEMPTIONS_FIRST || frontier.events === run.cost.events;
  const { runs, steps, exhausted } = executor;
  return {
    schedule: run.schedule,
    cost: run.cost,
    search: ended,
    unproved: {
      preemptions: everyEvent && finished >= 0 ? finished : null,
      unfinished: layerOf(frontier),
      passes: { from, runs, steps, fixpoint: !exhausted },
    },
  };
}

function frontierOf({ frontier, order }: Search): Cost {
  assert(frontier !== null, 'the budget ended the search');
  return keyToCost(frontier, order);
}
