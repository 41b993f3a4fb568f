/**
 * Operations that block, in C: when they can run, whom they wait for, and the slot under which a blocked task is noted in
 * Q, so that whoever changes what it waits for finds it without asking anyone.
 */
import type { Site } from './c-site.js';

export interface CWait {
  /** Declares what the other texts use. */
  readonly find: string;
  /** Runs, and fails, at once. */
  readonly dangling: string | null;
  /** Slot under which the blocked task is noted; null for one that is looked up otherwise. */
  readonly slot: string | null;
  /** Whether it can run. */
  readonly passes: string;
  /** Bits of the tasks known to hold it up; null if nobody is. */
  readonly holders: string | null;
}

const ownerOf = (cell: string): string => `1u << ${cell} >> 1`;

/** Null for an operation that never blocks. */
export function waitOf(site: Site): CWait | null {
  switch (site.op) {
    case 'mutex_lock':
    case 'spin_lock': {
      const p = site.place(0);
      return { ...p, slot: p.slot(), passes: `!${p.cell()}`, holders: ownerOf(p.cell()) };
    }
    case 'down_read': {
      const p = site.place(0);
      const holders = `${ownerOf(p.cell())} | ${p.cell(2)}`;
      return { ...p, slot: p.slot(), passes: `!(${p.cell()} | ${p.cell(2)})`, holders };
    }
    case 'down_write_wait': {
      const p = site.place(0);
      const holders = `${ownerOf(p.cell())} | ${p.cell(1)}`;
      return { ...p, slot: p.slot(1), passes: `!(${p.cell()} | ${p.cell(1)})`, holders };
    }
    case 'wait_for_completion':
    case 'wait_for_completion_timeout':
    case 'wait_external': {
      const p = site.place(0);
      return { ...p, slot: p.slot(), passes: p.cell(), holders: null };
    }
    case 'kernfs_drain': {
      const p = site.place(0);
      return { ...p, slot: p.slot(), passes: `!${p.cell()}`, holders: p.cell() };
    }
    case 'flush_workqueue_wait': {
      const { find } = site.object(0);
      const passes = `!${site.value(1)}`;
      return { find, dangling: null, slot: null, passes, holders: runner(site) };
    }
    case 'destroy_workqueue_wait':
      return destroying(site);
    default:
      return null;
  }
}

function destroying(site: Site): CWait {
  const { c } = site;
  const { type, find, dangling } = site.object(0);
  const { slot, length } = c.fifo(type, 'o');
  const running = `B[${c.running(type, 'o')}]`;
  return {
    find,
    dangling,
    slot: c.draining(type, 'o'),
    passes: length === 0 ? `!${running}` : `!(B[${slot}] | ${running})`,
    holders: runner(site),
  };
}

/** Bit of the worker of queue `o` while it runs an item. */
function runner(site: Site): string {
  const { c } = site;
  const type = site.typeAt(0);
  return `(o && B[${c.running(type, 'o')}] ? 1u << (${c.worker(type, 'o')}) : 0)`;
}
