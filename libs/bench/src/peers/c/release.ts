/** The end of an object's life in C, with its checks, and what it means for those who wait at one of its fields. */
import { at, type FieldKindName } from '@lastref/kernel';
import type { CLayout } from './layout.js';
import type { Site } from './site.js';

/** Ends the life of object `o`, which is not NULL, of the type operand 0 points to. */
export function release({ c, pc }: Site, type: number): string {
  const { tables } = c;
  const count = at(tables.fieldCount, c.first(type));
  const offsets = Array.from({ length: count }, (_, k) => k);
  const locks = offsets
    .filter((k) => at(tables.classOfSlot, c.slotOfFirst(type, k)) >= 0)
    .map((k) => `B[${c.field(type, 'o', k)}]`);
  const held = locks.length === 0 ? '' : `if (${locks.join(' | ')}) fail(MEMORY); `;
  const clear = count === 0 ? '' : `memset(B + ${c.field(type, 'o', 0)}, 0, ${count}); `;
  const life = c.liveMax(type) + at(tables.freeFns, type).indexOf(at(tables.fn, pc)) + 1;
  return (
    `if (${c.life(type, 'o')} > ${c.liveMax(type)}) fail(MEMORY); ${held}${clear}` +
    `${c.life(type, 'o')} = ${life}; ${wakes(c, type)}${c.eager ? 'dead++; ' : ''}`
  );
}

interface FieldAtDeath {
  /** The field's slots of object `o`. */
  readonly slot: (more?: number) => string;
  /** HOLD where memory is reused at once, so that a waiter goes on waiting; else WAKE. */
  readonly flag: 'HOLD' | 'WAKE';
  /** Whether wait_external waits for it. */
  readonly awaited: boolean;
}

/** By kind of field, what its death means for those blocked at it: they run and fail. A kind that is not here has no C. */
export const AT_DEATH: Readonly<Partial<Record<string, (field: FieldAtDeath) => string[]>>> = {
  mutex: wake,
  spinlock: wake,
  kernfs: wake,
  rwsem: ({ slot }) => [`WAKE(${slot()});`, `WAKE(${slot(1)});`],
  completion: change,
  int: (field) => (field.awaited ? change(field) : []),
  ptr: () => [],
  refcount: () => [],
  work: () => [],
  list: () => [],
} satisfies Partial<Record<FieldKindName, (field: FieldAtDeath) => string[]>>;

function wake({ slot }: FieldAtDeath): string[] {
  return [`WAKE(${slot()});`];
}

function change({ slot, flag }: FieldAtDeath): string[] {
  return [`${flag}(${slot()});`];
}

function wakes(c: CLayout, type: number): string {
  const { kind, fields } = at(c.program.types, type);
  const offsets = at(c.tables.layout.fieldOffsets, type);
  const flag = c.isDead(type, 'o') === null ? 'HOLD' : 'WAKE';
  const texts = fields.flatMap((field, f) => {
    const offset = at(offsets, f);
    const slot = (more = 0): string => c.field(type, 'o', offset + more);
    const awaited = c.awaited.has(`${type}:${offset}`);
    return AT_DEATH[field.kind]?.({ slot, flag, awaited }) ?? [];
  });
  if (kind === 'workqueue') texts.push(`WAKE(${c.draining(type, 'o')});`);
  return texts.map((text) => `${text} `).join('');
}
