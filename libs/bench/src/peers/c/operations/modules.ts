/** Modules in C: references to them, and the two steps in which one goes away. */
import { at } from '@lastref/kernel';
import type { CFamily } from '../operation.js';
import type { Site } from '../site.js';
import { decrement, increment } from './counts.js';

export const moduleOperations = {
  try_module_get: { run: tryModuleGet },
  module_put: { run: (site) => `${decrement(`B[${moduleSlot(site)}]`)} ${site.go()}` },
  module_begin_exit: { run: moduleBeginExit },
  module_free: { run: (site) => `B[${moduleSlot(site) + 1}] = 2; ${site.go()}` },
} satisfies CFamily;

function moduleSlot(site: Site): number {
  return at(site.c.tables.layout.modules, site.arg(0));
}

function tryModuleGet(site: Site): string {
  const slot = moduleSlot(site);
  const { max } = at(site.c.tables.layout.slots, slot);
  return `if (B[${slot + 1}]) ${site.goAlt()} ${increment(`B[${slot}]`, max)} ${site.go()}`;
}

function moduleBeginExit(site: Site): string {
  const slot = moduleSlot(site);
  return `if (B[${slot}] | B[${slot + 1}]) ${site.goAlt()} B[${slot + 1}] = 1; ${site.go()}`;
}
