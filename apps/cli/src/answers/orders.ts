/** What `lastref orders` answers as JSON; its text is made from it. */
import type { OrderTable } from '@lastref/exploration';
import type { Judged } from '@lastref/judging';

export interface OrdersAnswer extends Omit<OrderTable, 'ok' | 'complete'> {
  /** Every schedule was searched: an order that does not occur never does. */
  readonly proved: boolean;
  /** The expectation of the case, judged by the failures of all orders together. */
  readonly expectation: Judged | null;
  readonly elapsedMs: number;
}
