/**
 * Locks in C, and what else tasks wait for: mutexes, spinlocks, semaphores, completions, flags and active references. Beside
 * the state they keep who can run, through LEAVE, HOLD, WAKE and RWSEM.
 */
import { increment } from './c-counts.js';
import type { Place, Site } from './c-site.js';

const take = ({ t }: Site, p: Place): string => `${p.cell()} = ${t} + 1; HOLD(${p.slot()});`;

const drop = ({ t }: Site, p: Place): string =>
  `if (${p.cell()} != ${t} + 1) fail(UNLOCK); ${p.cell()} = 0;`;

const dropBit = ({ bit }: Site, p: Place, more: number): string =>
  `if (!(${p.cell(more)} & ${bit})) fail(UNLOCK); ${p.cell(more)} &= ~${bit};`;

/** Checks the place of the wait that is over, and takes the task off its list. */
const leave = ({ bit }: Site, p: Place, more = 0): string =>
  `${p.check} LEAVE(${p.slot(more)}, ${bit});`;

export function lock(site: Site): string {
  const p = site.place(0);
  return `${leave(site, p)} ${take(site, p)} ${site.go()}`;
}

export function tryLock(site: Site): string {
  const p = site.place(0);
  return `${p.check} if (${p.cell()}) ${site.goAlt()} ${take(site, p)} ${site.go()}`;
}

export function unlock(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${drop(site, p)} WAKE(${p.slot()}); ${site.go()}`;
}

export function downRead(site: Site): string {
  const p = site.place(0);
  return `${leave(site, p)} ${p.cell(1)} |= ${site.bit}; RWSEM(${p.slot()}); ${site.go()}`;
}

export function upRead(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${dropBit(site, p, 1)} RWSEM(${p.slot()}); ${site.go()}`;
}

/** Arrive: from here on readers wait. */
export function downWrite(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${p.cell(2)} |= ${site.bit}; RWSEM(${p.slot()}); ${site.go()}`;
}

export function downWriteWait(site: Site): string {
  const p = site.place(0);
  return (
    `${leave(site, p, 1)} ${p.cell()} = ${site.t} + 1; ${p.cell(2)} &= ~${site.bit}; ` +
    `RWSEM(${p.slot()}); ${site.go()}`
  );
}

export function upWrite(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${drop(site, p)} RWSEM(${p.slot()}); ${site.go()}`;
}

export function complete(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${increment(p.cell(), p.max)} WAKE(${p.slot()}); ${site.go()}`;
}

/** One completion is used up; with a timeout there may be none. */
export function completed(site: Site, timeout: boolean): string {
  const p = site.place(0);
  const none = timeout ? ` if (!${p.cell()}) ${site.goAlt()}` : '';
  return `${leave(site, p)}${none} if (!--${p.cell()}) HOLD(${p.slot()}); ${site.go()}`;
}

/** The wait was all there was to do. */
export function passed(site: Site): string {
  return `${leave(site, site.place(0))} ${site.go()}`;
}

export function setLive(site: Site, live: 0 | 1): string {
  const p = site.place(0);
  return `${p.check} ${p.cell(1)} = ${live}; ${site.go()}`;
}

export function getActive(site: Site): string {
  const p = site.place(0);
  return `${p.check} if (!${p.cell(1)}) ${site.goAlt()} ${p.cell()} |= ${site.bit}; HOLD(${p.slot()}); ${site.go()}`;
}

export function putActive(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${dropBit(site, p, 0)} if (!${p.cell()}) WAKE(${p.slot()}); ${site.go()}`;
}
