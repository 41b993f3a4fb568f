/** What a kernel has to be built with to notice a failure when it happens. */
import type { Kind } from '@lastref/kernel';

export function detectorOf(kind: Kind): string {
  switch (kind) {
    case 'use-after-free':
    case 'double-free':
      return 'CONFIG_KASAN';
    case 'null-deref':
    case 'module-text-fault':
      return 'nothing: it is an oops';
    case 'held-lock-freed':
      return 'CONFIG_DEBUG_LOCK_ALLOC';
    case 'refcount-underflow':
    case 'refcount-inc-from-zero':
    case 'refcount-saturated':
      return 'nothing: refcount_t warns';
    case 'list-corruption':
      return 'CONFIG_DEBUG_LIST';
    case 'duplicate-name':
    case 'bad-removal':
    case 'busy-pool':
      return 'nothing: it is printed';
    case 'bad-unlock':
    case 'lock-order':
    case 'recursive-lock':
      return 'CONFIG_PROVE_LOCKING';
    case 'sleep-in-atomic':
      return 'CONFIG_DEBUG_ATOMIC_SLEEP';
    case 'illegal-synchronize':
    case 'suspicious-rcu':
      return 'CONFIG_PROVE_RCU';
    case 'invariant':
    case 'warning':
      return 'a WARN_ON() of what must hold, where the report says';
    case 'deadlock':
    case 'hung-task':
      return 'CONFIG_DETECT_HUNG_TASK';
    case 'livelock':
      return 'CONFIG_SOFTLOCKUP_DETECTOR';
    case 'leak':
      return 'CONFIG_DEBUG_KMEMLEAK';
    case 'data-race':
      return 'CONFIG_KCSAN';
  }
}
