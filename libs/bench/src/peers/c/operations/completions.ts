/** Completions in C, and waiting for a flag that somebody outside sets. */
import type { CFamily, CWait } from '../operation.js';
import type { Site } from '../site.js';
import { increment } from './counts.js';
import { leave, passed } from './waits.js';

export const completionOperations = {
  complete: { run: complete },
  wait_for_completion: { run: (site) => completed(site, ''), wait: done },
  wait_for_completion_timeout: {
    run: (site) => completed(site, ` if (!${site.place(0).cell()}) ${site.goAlt()}`),
    wait: done,
    timesOut: true,
  },
  wait_external: { run: passed, wait: done, rests: true },
} satisfies CFamily;

function done(site: Site): CWait {
  const p = site.place(0);
  return { ...p, slot: p.slot(), passes: p.cell(), holders: null };
}

function complete(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${increment(p.cell(), p.max)} WAKE(${p.slot()}); ${site.go()}`;
}

/** One completion is used up. @param none what to do where there is none */
function completed(site: Site, none: string): string {
  const p = site.place(0);
  return `${leave(site, p)}${none} if (!--${p.cell()}) HOLD(${p.slot()}); ${site.go()}`;
}
