/**
 * Waiting, in C: who can run, who waits for whom and whether somebody waits for himself, and what becomes of a task that comes
 * to stand at an operation which may block. CAN, QUEUE, BLOCK and STUCK are the target's.
 */
import { at } from '@lastref/kernel';
import type { CLayout } from './layout.js';
import type { COperations, CWait } from './operation.js';
import type { Site } from './site.js';

/** The operations that may block. */
export type Waits = ReadonlyMap<Site, CWait>;

export function waitsOf(
  sites: readonly Site[],
  operations: COperations,
  atomic: ReadonlySet<number>,
): Waits {
  return new Map(
    sites.flatMap((site): [Site, CWait][] => {
      const wait = operations[site.op]?.wait?.(site);
      return wait === undefined ? [] : [[site, mayFail(site, wait, atomic)]];
    }),
  );
}

/** A sleeping operation under a spinlock does not block: it runs and fails. */
function mayFail(site: Site, wait: CWait, atomic: ReadonlySet<number>): CWait {
  if (!site.spec.sleeps || !atomic.has(site.pc)) return wait;
  const held = `holds_spinlock(${site.t})`;
  return { ...wait, dangling: wait.dangling === null ? held : `${held} || ${wait.dangling}` };
}

export function holdsSpinlock({ tables }: CLayout): string {
  const slots = Array.from(tables.ownerSlots).filter(
    (_, i) => (tables.spinClasses & (1 << at(tables.ownerClass, i))) !== 0,
  );
  const held = slots.map((slot) => `B[${slot}] == t + 1`).join(' | ');
  return `static int holds_spinlock(int t) { return ${held || '0'}; }\n`;
}

/** Who can run, who waits for whom, and whether somebody waits for himself. CAN(u) and QUEUE are the target's. */
export function blocking(c: CLayout, waits: Waits): string {
  const idle = c.tables.layout.tasks.flatMap((actor, t) => {
    if (actor.kind !== 'worker') return [];
    const { queue, queueType: type } = actor;
    const { slot, length } = c.fifo(type, String(queue));
    const never = length === 0 || c.program.parked.includes(type);
    return [`  case ${c.idle(t)}: return ${never ? '0' : `B[${slot}] != 0`};\n`];
  });
  const stay = c.program.code.flatMap(({ op }, pc) =>
    op === 'stay' ? [`  case ${pc}: return 0;\n`] : [],
  );
  const can = [...waits].map(([site, wait]) => {
    const runs = wait.dangling === null ? '' : `if (${wait.dangling}) return 1; `;
    const noted = wait.slot === null ? '' : `QUEUE(${wait.slot}, ${site.bit}); `;
    return `  case ${site.pc}: { ${wait.find} ${runs}${noted}return ${wait.passes}; }\n`;
  });
  const holders = [...waits].flatMap(([site, wait]) => {
    if (wait.holders === null) return [];
    const nobody = wait.dangling === null ? '' : `if (${wait.dangling}) return 0; `;
    return [`  case ${site.pc}: { ${wait.find} ${nobody}return ${wait.holders}; }\n`];
  });
  return `/* Whether the task can run, noting it where it waits. */
static int can(int t) {
  const int L = LOCALS[t]; const unsigned bit = 1u << t;
  (void)L; (void)bit;
  switch (W[t]) {
  case 0: return 0;
${[...idle, ...stay, ...can].join('')}  default: return 1;
  }
}
static unsigned waits_for(int t) {
  const int L = LOCALS[t];
  (void)L;
  switch (W[t]) {
${holders.join('')}  default: return 0;
  }
}
static int deadlocked(int t, unsigned mask) {
  unsigned reached = waits_for(t), rest = reached;
  (void)mask;
  while (rest && !(reached >> t & 1)) {
    const int u = __builtin_ctz(rest);
    const unsigned more = CAN(u) ? 0 : waits_for(u) & ~reached;
    reached |= more;
    rest = (rest & (rest - 1)) | more;
  }
  return reached >> t & 1;
}
`;
}

/** What becomes of a task that comes to stand at an operation. */
export function arrival(site: Site, waits: Waits): string {
  const wait = waits.get(site);
  if (wait === undefined) return '';
  const { find, dangling, slot, passes, holders } = wait;
  const noted = slot === null ? '' : `QUEUE(${slot}, ${site.bit}); `;
  const blocks = `${noted}if (!(${passes})) ${holders === null ? 'BLOCK' : 'STUCK'}(${site.bit}); `;
  return dangling === null
    ? `{ ${find} ${blocks}} `
    : `{ ${find} if (!(${dangling})) { ${blocks}} } `;
}
