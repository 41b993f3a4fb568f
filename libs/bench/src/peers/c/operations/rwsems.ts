/** struct rw_semaphore in C: an owner, the readers, and the writers that have arrived, for whom new readers wait. */
import { ownerOf, type COperations, type CWait } from '../operation.js';
import type { Site } from '../site.js';
import { drop, dropBit, leave } from './waits.js';

export const rwsemOperations = {
  down_read: { run: downRead, wait: withoutWriters },
  up_read: { run: upRead },
  down_write: { run: downWrite },
  down_write_wait: { run: downWriteWait, wait: withoutReaders },
  up_write: { run: upWrite },
} satisfies COperations;

function withoutWriters(site: Site): CWait {
  const p = site.place(0);
  const holders = `${ownerOf(p.cell())} | ${p.cell(2)}`;
  return { ...p, slot: p.slot(), passes: `!(${p.cell()} | ${p.cell(2)})`, holders };
}

function withoutReaders(site: Site): CWait {
  const p = site.place(0);
  const holders = `${ownerOf(p.cell())} | ${p.cell(1)}`;
  return { ...p, slot: p.slot(1), passes: `!(${p.cell()} | ${p.cell(1)})`, holders };
}

function downRead(site: Site): string {
  const p = site.place(0);
  return `${leave(site, p)} ${p.cell(1)} |= ${site.bit}; RWSEM(${p.slot()}); ${site.go()}`;
}

function upRead(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${dropBit(site, p, 1)} RWSEM(${p.slot()}); ${site.go()}`;
}

/** Arrive: from here on readers wait. */
function downWrite(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${p.cell(2)} |= ${site.bit}; RWSEM(${p.slot()}); ${site.go()}`;
}

function downWriteWait(site: Site): string {
  const p = site.place(0);
  return (
    `${leave(site, p, 1)} ${p.cell()} = ${site.t} + 1; ${p.cell(2)} &= ~${site.bit}; ` +
    `RWSEM(${p.slot()}); ${site.go()}`
  );
}

function upWrite(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${drop(site, p)} RWSEM(${p.slot()}); ${site.go()}`;
}
