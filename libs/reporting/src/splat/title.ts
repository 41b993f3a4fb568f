/** Title lines in the words of the kernel's own detectors, so that a reader of dmesg knows each at sight. */
import { signatureParts, type SignaturePart, type Trace } from '@lastref/kernel';
import { blockedTasks } from '../facts/blocked.js';
import { taskName } from '../facts/names.js';

const NOBODY: SignaturePart = { name: '?' };

/** Seconds after which the kernel reports a blocked task, unless configured otherwise. */
export const HUNG_TASK_SECONDS = 120;

export const blockedTitle = (task: string): string =>
  `INFO: task ${task} blocked for more than ${HUNG_TASK_SECONDS} seconds.`;

export function titleOf(trace: Trace, signature: string): string {
  const { kind, parts } = signatureParts(signature);
  const { name, detail = '?' } = parts[0] ?? NOBODY;
  switch (kind) {
    case 'use-after-free':
      return `BUG: KASAN: slab-use-after-free in ${name}`;
    case 'double-free':
      return `BUG: KASAN: double-free in ${name}`;
    case 'null-deref':
      return `BUG: kernel NULL pointer dereference in ${name}, through ${detail}`;
    case 'held-lock-freed':
      return 'WARNING: held lock freed!';
    case 'module-text-fault':
      return `BUG: unable to handle page fault for address in ${name} [${detail}]`;
    case 'refcount-underflow':
      return 'refcount_t: underflow; use-after-free.';
    case 'refcount-inc-from-zero':
      return 'refcount_t: addition on 0; use-after-free.';
    case 'refcount-saturated':
      return trace.steps.at(-1)?.text.startsWith('refcount_dec(') === true
        ? 'refcount_t: decrement hit 0; leaking memory.'
        : 'refcount_t: saturated; leaking memory.';
    case 'list-corruption':
      return `list corruption in ${name}`;
    case 'duplicate-name':
      return `sysfs: cannot create duplicate filename in '${detail}'`;
    case 'bad-removal':
      return `kernfs: can not remove a name from '${detail}', no such entry`;
    case 'busy-pool':
      return `dma_pool_destroy: ${detail} busy in ${name}`;
    case 'bad-unlock':
      return 'WARNING: bad unlock balance detected!';
    case 'sleep-in-atomic':
      return `BUG: sleeping function called from invalid context in ${name}`;
    case 'illegal-synchronize':
      return 'Illegal synchronize_srcu() in same-type SRCU (or in RCU) read-side critical section';
    case 'invariant':
      return `kernel BUG: an invariant does not hold in ${name}`;
    case 'deadlock':
    case 'hung-task':
      return blockedTitle(taskName(trace, blockedTasks(trace)[0]?.task ?? -1));
    case 'livelock':
      return `watchdog: BUG: soft lockup in ${parts.map((part) => part.name).join(' and ')}`;
    case 'leak':
      return leakTitle(detail);
    case 'lock-order':
      return 'WARNING: possible circular locking dependency detected';
    case 'recursive-lock':
      return 'WARNING: possible recursive locking detected';
    case 'suspicious-rcu':
      return 'WARNING: suspicious RCU usage';
    case 'data-race':
      return `BUG: KCSAN: data-race in ${[...new Set(parts.map((part) => part.name))].join(' / ')}`;
    case 'warning':
      return `WARNING in ${name}: ${detail}`;
  }
}

const leakTitle = (detail: string): string =>
  detail.startsWith('held ')
    ? 'WARNING: lock held when returning to user space!'
    : `kmemleak: unreferenced object ${detail}`;
