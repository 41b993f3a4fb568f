/** Lock-order edges of the tasks that a run leaves blocked at a lock: the acquire that lockdep has seen already. */
import { enabled, wantedClass } from './dispatch.js';
import type { Machine } from './machine.js';

/** To be called once for the state that ends a run. */
export function recordBlocked(m: Machine): void {
  for (let task = 0; task < m.taskCount; task++) {
    if (enabled(m, task)) continue;
    const wanted = wantedClass(m, task);
    if (wanted >= 0) m.edges.acquire(m, task, wanted);
  }
}
