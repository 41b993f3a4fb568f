/**
 * What a worker needs done, and nothing about how: the thread pool is the engine of production; a spec may
 * run the same orders in its own process.
 */
import type { Answer, ExploreOrder, SearchOrder, ShrinkOrder } from './messages.js';

export interface Engine {
  explore(order: ExploreOrder): Promise<Answer>;
  shrink(order: ShrinkOrder): Promise<Answer>;
  /** Of whatever length; cancelled by its control. */
  search(order: SearchOrder): Promise<Answer>;
  /** Ends whatever runs; its orders are answered as cancelled. */
  close(): Promise<void>;
}
