/** Lock-order edges of the tasks that a run leaves blocked at a lock: the acquire that lockdep has seen already. */
import type { LockEdges } from './lock-edges.js';
import type { Kernel } from '../operation/kernel.js';
import { enabled, wantedClass } from './waiting.js';

/** To be called once for the state that ends a run. */
export function recordBlocked(m: Kernel & { readonly edges: LockEdges }): void {
  for (let task = 0; task < m.taskCount; task++) {
    if (enabled(m, task)) continue;
    const wanted = wantedClass(m, task);
    if (wanted >= 0) m.edges.acquire(m.edges.heldBy(m, task), wanted);
  }
}
