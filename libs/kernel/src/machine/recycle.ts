/**
 * Gives dead objects' slots back: a slot becomes free when nothing that can still be read leads to it: no local, field of
 * an object alive, table or pending item, and, where memory is reused at once and so can be read after its death, no
 * dead object that is itself led to. Run after each step while a dead object exists, so that equal futures are equal
 * states; which slots become free is a function of the state, never of the order in which objects died.
 */
import type { Kernel } from '../operation/kernel.js';

export interface Recycling extends Kernel {
  zombies: number;
  readonly dead: Int32Array;
  /** Per object: index into pointerSlots where a pointer to it was seen last. */
  readonly witness: Int32Array;
}

export function recycle(m: Recycling): void {
  const { tables, dead } = m;
  if (tables.zeroed) {
    recycleReadable(m);
    return;
  }
  let kept = 0;
  for (let i = 0; i < m.zombies; i++) {
    const object = dead[i] as number;
    if (isReferenced(m, object)) dead[kept++] = object;
    else m.set(tables.life[object] as number, 0);
  }
  m.zombies = kept;
}

/** Keeps the dead objects that can be reached from what is alive, through each other too; frees all others at once. */
function recycleReadable(m: Recycling): void {
  const { tables, dead } = m;
  let kept = 0;
  for (let found = true; found;) {
    found = false;
    for (let i = kept; i < m.zombies; i++) {
      const object = dead[i] as number;
      if (!isReferenced(m, object) && !isReferencedByDead(m, object, kept)) continue;
      dead[i] = dead[kept] as number;
      dead[kept++] = object;
      found = true;
    }
  }
  for (let i = kept; i < m.zombies; i++) {
    const object = dead[i] as number;
    m.set(tables.life[object] as number, 0);
    forget(m, object);
  }
  m.zombies = kept;
}

/** What was written into memory that is reused at once goes with it. */
function forget(m: Kernel, object: number): void {
  const { fields, fieldCount } = m.tables;
  const first = fields[object] as number;
  const end = first + (fieldCount[object] as number);
  for (let slot = first; slot < end; slot++) m.set(slot, 0);
}

/** Whether something that is not dead leads to the object. The pointer seen last is looked at first: it mostly still stands. */
function isReferenced(m: Recycling, object: number): boolean {
  const { state, tables, witness } = m;
  const { pointerSlots, itemSlots, itemObject } = tables;
  const seen = witness[object] as number;
  if ((state[pointerSlots[seen] as number] as number) === object && isRead(m, seen)) return true;
  for (let i = 0; i < pointerSlots.length; i++)
    if ((state[pointerSlots[i] as number] as number) === object && isRead(m, i)) {
      witness[object] = i;
      return true;
    }
  for (let i = 0; i < itemSlots.length; i++)
    if ((itemObject[state[itemSlots[i] as number] as number] as number) === object) return true;
  return tables.layout.lists.length > 1 && listPointsTo(m, object);
}

const isAlive = ({ state, tables }: Kernel, object: number): boolean => {
  const life = state[tables.life[object] as number] as number;
  return life > 0 && life <= (tables.liveMax[object] as number);
};

/** Whether the slot of that index is no field of an object that is not alive. */
function isRead({ state, tables }: Kernel, index: number): boolean {
  const owner = tables.pointerOwner[index] as number;
  if (owner === 0) return true;
  const life = state[tables.life[owner] as number] as number;
  return life > 0 && life <= (tables.liveMax[owner] as number);
}

/** Whether a list of something that is not dead leads to the object. */
function listPointsTo(m: Kernel, object: number): boolean {
  for (const head of m.tables.layout.lists) {
    if (head === null || (head.object !== 0 && !isAlive(m, head.object))) continue;
    if (leadsTo(m, head.slot, object)) return true;
  }
  return false;
}

/** Whether the list head in the slot has the object as a neighbour. */
function leadsTo({ state, tables }: Kernel, slot: number, object: number): boolean {
  const { lists } = tables.layout;
  return (
    lists[state[slot] as number]?.object === object ||
    lists[state[slot + 1] as number]?.object === object
  );
}

/** Whether one of the first `kept` dead objects leads to the object. */
function isReferencedByDead(m: Recycling, object: number, kept: number): boolean {
  const { state, tables, dead } = m;
  const { pointerSlots, pointerFirst, layout } = tables;
  for (let i = 0; i < kept; i++) {
    const owner = dead[i] as number;
    const end = pointerFirst[owner + 1] as number;
    for (let p = pointerFirst[owner] as number; p < end; p++)
      if ((state[pointerSlots[p] as number] as number) === object) return true;
    for (const head of layout.lists)
      if (head?.object === owner && leadsTo(m, head.slot, object)) return true;
  }
  return false;
}
