/** Counts in C: refcount_t and module references, with their declared maximum and what lib/refcount.c warns of. */
import { at } from '@lastref/kernel';
import type { Site } from './c-site.js';

export const increment = (cell: string, max: number): string =>
  `if (${cell} >= ${max}) fail(BOUND); ${cell}++;`;

const decrement = (cell: string): string => `if (!${cell}) fail(REFCOUNT); ${cell}--;`;

export function refcountInc(site: Site): string {
  const p = site.place(0);
  return `${p.check} if (!${p.cell()}) fail(REFCOUNT); ${increment(p.cell(), p.max)} ${site.go()}`;
}

export function refcountIncNotZero(site: Site): string {
  const p = site.place(0);
  return `${p.check} if (!${p.cell()}) ${site.goAlt()} ${increment(p.cell(), p.max)} ${site.go()}`;
}

export function refcountDecNotOne(site: Site): string {
  const p = site.place(0);
  return `${p.check} if (${p.cell()} == 1) ${site.goAlt()} ${decrement(p.cell())} ${site.go()}`;
}

export function refcountDecAndTest(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${decrement(p.cell())} ${site.on(`!${p.cell()}`)}`;
}

const moduleSlot = (site: Site): number => at(site.c.tables.layout.modules, site.arg(0));

export function tryModuleGet(site: Site): string {
  const slot = moduleSlot(site);
  const { max } = at(site.c.tables.layout.slots, slot);
  return `if (B[${slot + 1}]) ${site.goAlt()} ${increment(`B[${slot}]`, max)} ${site.go()}`;
}

export const modulePut = (site: Site): string =>
  `${decrement(`B[${moduleSlot(site)}]`)} ${site.go()}`;

export function moduleBeginExit(site: Site): string {
  const slot = moduleSlot(site);
  return `if (B[${slot}] | B[${slot + 1}]) ${site.goAlt()} B[${slot + 1}] = 1; ${site.go()}`;
}

export const moduleFree = (site: Site): string => `B[${moduleSlot(site) + 1}] = 2; ${site.go()}`;
