/** Locals, fields and flags in C: what moves values, and what branches on them. */
import { at, COMPARISONS } from '@lastref/kernel';
import type { CFamily } from '../operation.js';
import type { Place, Site } from '../site.js';

export const fieldOperations = {
  set: { run: (site) => `${site.pointer(0)} = ${site.value(1)}; ${site.go()}` },
  zero: { run: (site) => `${site.pointer(0)} = 0; ${site.go()}` },
  test: {
    run: (site) => site.on(`${site.value(0)} ${at(COMPARISONS, site.arg(2))} ${site.value(3)}`),
  },
  load: { run: load },
  store: { run: store },
  test_bit: { run: testBit },
  test_and_set_bit: { run: (site) => exchange(site, '1') },
  test_and_clear_bit: { run: (site) => exchange(site, '0') },
} satisfies CFamily;

function load(site: Site): string {
  const p = site.place(1);
  return `${p.check} ${site.pointer(0)} = ${p.cell()}; ${site.go()}`;
}

/** Validation has seen to it that the value fits. */
export function store(site: Site): string {
  const p = site.place(0);
  const value = site.value(2);
  return `${p.check} ${p.cell()} = ${value}; ${told(site, p, value)}${site.go()}`;
}

function testBit(site: Site): string {
  const p = site.place(0);
  return `${p.check} ${site.on(p.cell())}`;
}

function exchange(site: Site, value: '0' | '1'): string {
  const p = site.place(0);
  return `${p.check} const int was = ${p.cell()}; ${p.cell()} = ${value}; ${told(site, p, value)}${site.on('was')}`;
}

/** A flag that wait_external waits for has a new value. */
const told = ({ c }: Site, p: Place, value: string): string =>
  c.awaited.has(p.key) ? `if (${value}) WAKE(${p.slot()}); else HOLD(${p.slot()}); ` : '';
