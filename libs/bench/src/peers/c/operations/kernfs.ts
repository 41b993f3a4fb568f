/** Active references of kernfs in C: taken while the node is live, drained before it goes. */
import type { COperations, CWait } from '../operation.js';
import type { Site } from '../site.js';
import { dropBit, passed } from './waits.js';

export const kernfsOperations = {
  kernfs_create: { run: (site) => setLive(site, 1) },
  kernfs_deactivate: { run: (site) => setLive(site, 0) },
  kernfs_drain: { run: passed, wait: drained },
  kernfs_get_active: { run: getActive },
  kernfs_put_active: { run: putActive },
} satisfies COperations;

function drained(site: Site): CWait {
  const p = site.place(0);
  return { ...p, slot: p.slot(), passes: `!${p.cell()}`, holders: p.cell() };
}

function setLive(site: Site, live: 0 | 1): string {
  const p = site.place(0);
  return `${p.check} ${p.cell(1)} = ${live}; ${site.go()}`;
}

function getActive(site: Site): string {
  const p = site.place(0);
  return `${p.check} if (!${p.cell(1)}) ${site.goAlt()} ${p.cell()} |= ${site.bit}; HOLD(${p.slot()}); ${site.go()}`;
}

function putActive(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${dropBit(site, p, 0)} if (!${p.cell()}) WAKE(${p.slot()}); ${site.go()}`;
}
