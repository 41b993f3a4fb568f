/** Active references of kernfs in C: taken while the node is live, drained before it goes. */
import type { CFamily, CWait } from '../operation.js';
import type { Site } from '../site.js';
import { hold, letGo, passed } from './waits.js';

/** Behind those that hold it and hold it again. */
const LIVE = 2;

export const kernfsOperations = {
  kernfs_create: { run: (site) => setLive(site, 1) },
  kernfs_deactivate: { run: (site) => setLive(site, 0) },
  kernfs_drain: { run: passed, wait: drained },
  kernfs_get_active: { run: getActive },
  kernfs_put_active: { run: putActive },
} satisfies CFamily;

function drained(site: Site): CWait {
  const p = site.place(0);
  return { ...p, slot: p.slot(), passes: `!${p.cell()}`, holders: p.cell() };
}

function setLive(site: Site, live: 0 | 1): string {
  const p = site.place(0);
  return `${p.check} ${p.cell(LIVE)} = ${live}; ${site.go()}`;
}

function getActive(site: Site): string {
  const p = site.place(0);
  return `${p.check} if (!${p.cell(LIVE)}) ${site.goAlt()} ${hold(site, p, 0)} HOLD(${p.slot()}); ${site.go()}`;
}

function putActive(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${letGo(site, p, 0)} if (!${p.cell()}) WAKE(${p.slot()}); ${site.go()}`;
}
