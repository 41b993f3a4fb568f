/** Mutexes and spinlocks in C. Beside the state they keep who can run, through LEAVE, HOLD and WAKE. */
import { ownerOf, type CFamily, type CWait } from '../operation.js';
import type { Place, Site } from '../site.js';
import { drop, leave } from './waits.js';

export const lockOperations = {
  mutex_lock: { run: lock, wait: free },
  mutex_trylock: { run: tryLock },
  mutex_unlock: { run: unlock },
  spin_lock: { run: lock, wait: free, spin: 1 },
  spin_unlock: { run: unlock, spin: -1 },
} satisfies CFamily;

function free(site: Site): CWait {
  const p = site.place(0);
  return { ...p, slot: p.slot(), passes: `!${p.cell()}`, holders: ownerOf(p.cell()) };
}

function take({ t }: Site, p: Place): string {
  return `${p.cell()} = ${t} + 1; HOLD(${p.slot()});`;
}

function lock(site: Site): string {
  const p = site.place(0);
  return `${leave(site, p)} ${take(site, p)} ${site.go()}`;
}

function tryLock(site: Site): string {
  const p = site.place(0);
  return `${p.check} if (${p.cell()}) ${site.goAlt()} ${take(site, p)} ${site.go()}`;
}

function unlock(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${drop(site, p)} WAKE(${p.slot()}); ${site.go()}`;
}
