/**
 * Active references of a sysfs file (fs/kernfs/dir.c): a reader or writer holds one during its operation, not while
 * the file is merely open. Removal deactivates the node, so that no new reference is given, and then waits for those
 * held (kernfs_drain): two steps, arrive and pass. Holders are known, so a drain that waits for a reader which waits
 * for the remover's lock is a deadlock. For lock order a node is a pseudo-lock, kn->active, taken by trylock in
 * readers. Slots: two masks of the tasks that hold a reference, and whether the node is active.
 */
import { fieldKind } from '../operation/field-kind.js';
import type { Kernel } from '../operation/kernel.js';
import { acquires, releases, tries } from '../operation/lock-use.js';
import { place } from '../operation/operand.js';
import { operation } from '../operation/operation.js';
import { Exit, Row } from '../operation/row.js';
import { hold, holderSlots, letGo } from './support/counted-holders.js';

const LIVE = 2;

const NO_WAIT = { wait: 'never', sleeps: false } as const;

export const kinds = {
  kernfs: fieldKind('struct kernfs_node', {
    slots: (_, sizes) => [...holderSlots('.active', sizes, 'shared'), { suffix: '.live', max: 1 }],
    lock: 'active reference',
  }),
};

function isInactive(m: Kernel, task: number, row: number): boolean {
  if (m.dangling(task, row + Row.arg)) return true;
  return (m.state[m.place(task, row + Row.arg)] as number) === 0;
}

function activeHolders(m: Kernel, task: number, row: number): number {
  if (m.dangling(task, row + Row.arg)) return 0;
  return m.state[m.place(task, row + Row.arg)] as number;
}

/** Sets whether references are given. */
const setLive =
  (live: 0 | 1) =>
  (m: Kernel, task: number, row: number): number => {
    const slot = m.place(task, row + Row.arg);
    if (slot === Exit.failed) return Exit.failed;
    m.set(slot + LIVE, live);
    return m.code[row + Row.next] as number;
  };

export const operations = {
  kernfs_create: operation({
    ...NO_WAIT,
    kernel: 'kernfs_activate (fs/kernfs/dir.c)',
    says: 'The file appears: from here on references are given.',
    operands: [place('node', ['kernfs'], 'writes')],
    lock: 'none',
    raises: [],
    step: setLive(1),
  }),
  kernfs_get_active: operation({
    ...NO_WAIT,
    kernel: 'kernfs_get_active (fs/kernfs/dir.c)',
    says: 'Takes an active reference; holds unless the node is deactivated.',
    operands: [place('node', ['kernfs'], 'joins')],
    branches: true,
    lock: tries('shared', []),
    raises: [],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      if ((m.state[slot + LIVE] as number) === 0) return m.code[row + Row.alt] as number;
      hold(m, task, slot);
      return m.code[row + Row.next] as number;
    },
  }),
  kernfs_unbreak_active_protection: operation({
    ...NO_WAIT,
    kernel: 'kernfs_unbreak_active_protection (fs/kernfs/dir.c)',
    says: 'Takes back a reference that was broken by kernfs_put_active, whether or not the node still gives any.',
    operands: [place('node', ['kernfs'], 'joins')],
    lock: tries('shared', []),
    raises: [],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed) return Exit.failed;
      hold(m, task, slot);
      return m.code[row + Row.next] as number;
    },
  }),
  kernfs_put_active: operation({
    ...NO_WAIT,
    kernel: 'kernfs_put_active (fs/kernfs/dir.c)',
    says: 'Gives an active reference back.',
    operands: [place('node', ['kernfs'], 'joins')],
    lock: releases('shared'),
    raises: ['bad-unlock'],
    step: (m, task, row) => {
      const slot = m.place(task, row + Row.arg);
      if (slot === Exit.failed || !letGo(m, task, slot)) return Exit.failed;
      return m.code[row + Row.next] as number;
    },
  }),
  kernfs_deactivate: operation({
    kernel: 'kernfs_remove (fs/kernfs/dir.c)',
    says: 'Removal arrives: from here on no new reference is given.',
    operands: [place('node', ['kernfs'], 'writes')],
    partOf: 'kernfs_remove',
    wait: 'never',
    lock: 'none',
    sleeps: true,
    raises: [],
    step: setLive(0),
  }),
  kernfs_drain: operation({
    kernel: 'kernfs_drain (fs/kernfs/dir.c)',
    says: 'Removal passes when no active reference is held.',
    operands: [place('node', ['kernfs'], 'reads')],
    partOf: 'kernfs_remove',
    lock: acquires('nothing', ['shared']),
    wait: { until: isInactive, holders: activeHolders, endsBy: 'holders' },
    sleeps: false,
    raises: [],
    step: (m, task, row) =>
      m.place(task, row + Row.arg) === Exit.failed
        ? Exit.failed
        : (m.code[row + Row.next] as number),
  }),
};
