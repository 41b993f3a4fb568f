/** Allocation and release in C. */
import { at } from '@lastref/kernel';
import type { CFamily } from '../operation.js';
import { release } from '../release.js';
import type { Site } from '../site.js';

export const memoryOperations = {
  kzalloc: { run: kzalloc },
  kfree: { run: kfree },
} satisfies CFamily;

function kzalloc(site: Site): string {
  const { c, pc } = site;
  const { tables, program } = c;
  const type = site.arg(1);
  const life = at(tables.allocFns, type).indexOf(at(tables.fn, pc)) + 1;
  const armed = c.program.faults.budget > 0 ? program.code[pc]?.fault : undefined;
  const left = `B[${tables.layout.faults}]`;
  const fault =
    armed === undefined
      ? ''
      : `if (${left} && DRAWN(${at(program.faults.points, armed).weight})) { ${left}--; ${site.pointer(0)} = 0; ${site.go()} } `;
  return `${fault}const int o = fresh_${type}(${life}); if (!o) fail(BOUND); ${site.pointer(0)} = o; ${site.go()}`;
}

/** Freeing NULL does nothing. */
function kfree(site: Site): string {
  const { find, type } = site.object(0);
  return `${find} if (!o) ${site.go()} ${release(site, type)}${site.go()}`;
}
