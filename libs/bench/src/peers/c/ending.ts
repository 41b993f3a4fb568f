/**
 * How a state without candidates ends, in C: hung, leaking or clean. Reachability is one bit per object, so that most ends
 * cost a pass over the pointers and no search.
 */
import { at } from '@lastref/kernel';
import type { CLayout } from './layout.js';
import type { COperations } from './operation.js';

/** What a task that stands there makes of the end. */
const HANGS = 0;
const RESTS = 1;
const GONE = 2;

const bits = (terms: readonly string[]): string => (terms.length === 0 ? '0' : terms.join(' | '));

const object = (slot: string | number): string => `1ull << B[${slot}]`;
const head = (slot: string | number): string => `1ull << HOBJ[B[${slot}]]`;

/** `ending()`: CLEAN, HUNG or LEAK. */
export function ending(c: CLayout, operations: COperations): string {
  const { program, tables } = c;
  const { layout } = tables;
  const stands = [
    ...program.code.map(({ op }, pc) =>
      pc === 0 ? GONE : operations[op]?.rests === true ? RESTS : HANGS,
    ),
    ...layout.tasks.map(() => GONE),
  ];
  const alive = layout.objects.flatMap((o, n) => {
    if (o === null) return [];
    const life = c.life(o.type, String(n));
    const lives =
      tables.freeFns[o.type]?.length === 0 ? `!!${life}` : `(${life} - 1u < ${c.liveMax(o.type)}u)`;
    return [`(uint64_t)${lives} << ${n}`];
  });
  const pointers = Array.from(tables.pointerSlots).filter(
    (slot, i) => tables.pointerOwner[i] === 0 && slot < layout.slots.length,
  );
  const roots = [
    ...pointers.map(object),
    ...Array.from(tables.itemSlots, (slot) => `1ull << IOBJ[B[${slot}]]`),
    ...layout.lists.flatMap((list) =>
      list === null || list.object !== 0 ? [] : [head(list.slot), head(list.slot + 1)],
    ),
  ];
  return `static const unsigned char STANDS[] = {${stands.join(',')}};
static uint64_t points(int o) {
  switch (TYPE[o]) {
${program.types.map((_, t) => pointsFrom(c, t)).join('')}  default: return 0;
  }
}
static int ending(void) {
  unsigned gone = 0;
  for (int t = 0; t < TASKS; t++) {
    if (STANDS[W[t]] == ${HANGS}) return HUNG;
    gone |= (STANDS[W[t]] == ${GONE}) << t;
  }
  if (${heldLocks(c)}) return LEAK;
  const uint64_t alive = ${bits(alive)};
  uint64_t seen = (${bits(roots)}) & alive;
  for (uint64_t rest = seen; rest && seen != alive; ) {
    const int o = __builtin_ctzll(rest);
    const uint64_t more = points(o) & alive & ~seen;
    seen |= more;
    rest = (rest & (rest - 1)) | more;
  }
  return seen == alive ? CLEAN : LEAK;
}
`;
}

/** What an object's fields point to. */
function pointsFrom(c: CLayout, type: number): string {
  const offsets = at(c.tables.layout.fieldOffsets, type);
  const terms = at(c.program.types, type).fields.flatMap((field, f) => {
    const slot = c.field(type, 'o', at(offsets, f));
    if (field.kind === 'ptr') return [object(slot)];
    return field.kind === 'list' ? [head(slot), head(c.field(type, 'o', at(offsets, f) + 1))] : [];
  });
  return terms.length === 0 ? '' : `  case ${type}: return ${bits(terms)};\n`;
}

/** Whether a task that is gone still holds a lock. */
function heldLocks({ tables }: CLayout): string {
  const owners = Array.from(tables.ownerSlots, (slot) => `(gone << 1 >> B[${slot}] & 1)`);
  const holders = Array.from(tables.holderSlots, (slot) => `(B[${slot}] & gone)`);
  return bits([...owners, ...holders]);
}
