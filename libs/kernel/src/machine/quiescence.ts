/**
 * What a state without candidates means (semantics section 4): outside the case, hung, leaking, or clean. Also where
 * the tasks still blocked add their lock-order edges. No timer is armed then, and no wait can time out.
 */
import { holdersOf, mayWaitForEver } from './waiting.js';
import { leaks } from './leak.js';
import { recordBlocked } from './blocked-edges.js';
import { barsTimeout } from './held-back.js';
import type { Machine } from './machine.js';

export type Ending = 'clean' | 'failed' | 'outside';

/** Judges a state whose candidates() are empty; for 'failed' the machine's failure says how. */
export function quiesce(m: Machine): Ending {
  recordBlocked(m);
  if (m.enabledMask() !== 0 || barsTimeout(m)) return 'outside';
  if (hung(m)) return 'failed';
  return leaks(m) ? 'failed' : 'clean';
}

function isHung(m: Machine, task: number): boolean {
  return (m.state[m.pcSlot[task] as number] as number) !== 0 && !mayWaitForEver(m, task);
}

/** Root waits: blocked tasks that do not merely wait for another hung task. */
function hung(m: Machine): boolean {
  let hungMask = 0;
  for (let t = 0; t < m.taskCount; t++) if (isHung(m, t)) hungMask |= 1 << t;
  if (hungMask === 0) return false;
  const roots: [fn: number, pc: number][] = [];
  for (let t = 0; t < m.taskCount; t++) {
    if ((hungMask & (1 << t)) === 0 || (holdersOf(m, t) & hungMask) !== 0) continue;
    const pc = m.state[m.pcSlot[t] as number] as number;
    roots.push([m.tables.fn[pc] as number, pc]);
  }
  m.failure.begin('hung-task');
  for (const [fn, pc] of roots.sort((a, b) => a[1] - b[1])) {
    m.failure.push(fn);
    m.failure.push(pc);
  }
  return true;
}
