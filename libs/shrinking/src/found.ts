/** What a search or the passes came to: a schedule, its cost, and what is known of cheaper ones. */
import type { Cost } from '@lastref/kernel';
import { canonicalSchedule } from './canonical.js';
import type { Unproved } from './certificate.js';
import type { CostGraph } from './cost-graph.js';
import { keyToCost } from './cost-key.js';
import type { Search } from './search.js';

export interface Found {
  readonly schedule: string;
  readonly cost: Cost;
  /** The search that the claim rests on. */
  readonly search: Search;
  readonly unproved: Unproved | null;
}

/** The optimum of a search that has ended. */
export const provedBy = (
  graph: CostGraph,
  search: Search,
  optimum: number,
  isTarget: (state: number) => boolean,
): Found => ({
  schedule: canonicalSchedule(graph, search, optimum, isTarget),
  cost: keyToCost(optimum, search.order),
  search,
  unproved: null,
});
