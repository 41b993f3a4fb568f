/** Tables and directories by small integer, in C: struct idr and names in sysfs. */
import { at } from '@lastref/kernel';
import { increment } from './counts.js';
import type { CFamily } from '../operation.js';
import type { Site } from '../site.js';

export const tableOperations = {
  idr_alloc: { run: idrAlloc },
  idr_find: { run: idrFind },
  idr_find_get: { run: idrFindGet },
  idr_remove: { run: idrRemove },
  idr_destroy: { run: idrDestroy },
  sysfs_create: { run: sysfsCreate },
  sysfs_remove: { run: sysfsRemove },
} satisfies CFamily;

interface Entry {
  /** Fails the run where the index can be too large. */
  readonly check: string;
  readonly cell: string;
}

/** Entry of the table or registry that operand i names, at the index behind it. */
function entry(site: Site, kind: 'tables' | 'registries', i: number): Entry {
  const first = at(site.c.tables.layout[kind], site.arg(i));
  const { entries } = at(site.c.program[kind], site.arg(i));
  const index = site.value(i + 1);
  const slot = site.arg(i + 1) === 0 ? String(first + Number(index)) : `${first} + ${index}`;
  const check = site.valueMax(i + 1) < entries ? '' : `if (${index} >= ${entries}) fail(BOUND); `;
  return { check, cell: `B[${slot}]` };
}

function idrAlloc(site: Site): string {
  const { check, cell } = entry(site, 'tables', 0);
  return `${check}if (${cell}) ${site.goAlt()} ${cell} = ${site.pointer(3)}; ${site.go()}`;
}

function idrFind(site: Site): string {
  const { check, cell } = entry(site, 'tables', 1);
  return `${check}${site.pointer(0)} = ${cell}; ${site.go()}`;
}

function idrFindGet(site: Site): string {
  const { c } = site;
  const { check, cell } = entry(site, 'tables', 1);
  const { type } = at(c.program.tables, site.arg(1));
  const dead = c.isDead(type, 'o');
  const count = `B[${c.field(type, 'o', site.arg(4))}]`;
  const { max } = at(c.tables.layout.slots, c.slotOfFirst(type, site.arg(4)));
  return (
    `${check}const int o = ${cell}; ${site.pointer(0)} = 0; if (!o) ${site.go()} ` +
    `${dead === null ? '' : `if (${dead}) fail(MEMORY); `}if (!${count}) ${site.go()} ` +
    `${increment(count, max)} ${site.pointer(0)} = o; ${site.go()}`
  );
}

function idrRemove(site: Site): string {
  const { check, cell } = entry(site, 'tables', 0);
  return `${check}${cell} = 0; ${site.go()}`;
}

function idrDestroy(site: Site): string {
  const table = site.arg(0);
  const { entries } = at(site.c.program.tables, table);
  return `memset(B + ${at(site.c.tables.layout.tables, table)}, 0, ${entries}); ${site.go()}`;
}

function sysfsCreate(site: Site): string {
  const { check, cell } = entry(site, 'registries', 0);
  return `${check}if (${cell}) fail(NAME); ${cell} = 1; ${site.go()}`;
}

function sysfsRemove(site: Site): string {
  const { check, cell } = entry(site, 'registries', 0);
  return `${check}if (!${cell}) fail(NAME); ${cell} = 0; ${site.go()}`;
}
