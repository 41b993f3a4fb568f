/** struct rw_semaphore in C: an owner, the readers, those that read again, and the writers that have arrived. */
import { ownerOf, type CFamily, type CWait } from '../operation.js';
import type { Site } from '../site.js';
import { drop, hold, leave, letGo } from './waits.js';

/** Slots behind the owner's. RWSEM of the sampler knows them too. */
const READERS = 1;
const WAITING = 3;

export const rwsemOperations = {
  down_read: { run: downRead, wait: withoutWriters },
  up_read: { run: upRead },
  down_write: { run: downWrite },
  down_write_wait: { run: downWriteWait, wait: withoutReaders },
  up_write: { run: upWrite },
} satisfies CFamily;

function withoutWriters(site: Site): CWait {
  const p = site.place(0);
  const holders = `${ownerOf(p.cell())} | ${p.cell(WAITING)}`;
  return { ...p, slot: p.slot(), passes: `!(${p.cell()} | ${p.cell(WAITING)})`, holders };
}

function withoutReaders(site: Site): CWait {
  const p = site.place(0);
  const holders = `${ownerOf(p.cell())} | ${p.cell(READERS)}`;
  return { ...p, slot: p.slot(1), passes: `!(${p.cell()} | ${p.cell(READERS)})`, holders };
}

function downRead(site: Site): string {
  const p = site.place(0);
  return `${leave(site, p)} ${hold(site, p, READERS)} RWSEM(${p.slot()}); ${site.go()}`;
}

function upRead(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${letGo(site, p, READERS)} RWSEM(${p.slot()}); ${site.go()}`;
}

/** Arrive: from here on readers wait. */
function downWrite(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${p.cell(WAITING)} |= ${site.bit}; RWSEM(${p.slot()}); ${site.go()}`;
}

function downWriteWait(site: Site): string {
  const p = site.place(0);
  return (
    `${leave(site, p, 1)} ${p.cell()} = ${site.t} + 1; ${p.cell(WAITING)} &= ~${site.bit}; ` +
    `RWSEM(${p.slot()}); ${site.go()}`
  );
}

function upWrite(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${drop(site, p)} RWSEM(${p.slot()}); ${site.go()}`;
}
