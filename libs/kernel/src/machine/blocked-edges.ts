/** Lock-order edges of the tasks that a run leaves blocked at a lock: the acquire that lockdep has seen already. */
import { Op } from '../ops/opcode.js';
import { wantedClass } from '../primitives/mutex.js';
import { cell } from '../state/cell.js';
import { enabled } from './dispatch.js';
import type { Machine } from './machine.js';
import { OP, ROW_SHIFT } from './tables.js';

/** To be called once for the state that ends a run. */
export function recordBlocked(m: Machine): void {
  for (let task = 0; task < m.taskCount; task++) {
    const row = cell(m.state, cell(m.pcSlot, task)) << ROW_SHIFT;
    if ((cell(m.code, row + OP) as Op) === Op.mutex_lock && !enabled(m, task))
      m.edges.acquire(m, task, wantedClass(m, task, row));
  }
}
