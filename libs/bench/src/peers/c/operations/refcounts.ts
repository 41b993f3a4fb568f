/** refcount_t in C, with its declared maximum and what lib/refcount.c warns of. */
import type { CFamily } from '../operation.js';
import type { Site } from '../site.js';
import { decrement, increment } from './counts.js';
import { store } from './fields.js';

export const refcountOperations = {
  refcount_set: { run: store },
  refcount_inc: { run: refcountInc },
  refcount_inc_not_zero: { run: refcountIncNotZero },
  refcount_dec_not_one: { run: refcountDecNotOne },
  refcount_dec_and_test: { run: refcountDecAndTest },
} satisfies CFamily;

function refcountInc(site: Site): string {
  const p = site.place(0);
  return `${p.check} if (!${p.cell()}) fail(REFCOUNT); ${increment(p.cell(), p.max)} ${site.go()}`;
}

function refcountIncNotZero(site: Site): string {
  const p = site.place(0);
  return `${p.check} if (!${p.cell()}) ${site.goAlt()} ${increment(p.cell(), p.max)} ${site.go()}`;
}

function refcountDecNotOne(site: Site): string {
  const p = site.place(0);
  return `${p.check} if (${p.cell()} == 1) ${site.goAlt()} ${decrement(p.cell())} ${site.go()}`;
}

function refcountDecAndTest(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${decrement(p.cell())} ${site.on(`!${p.cell()}`)}`;
}
