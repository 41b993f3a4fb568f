/**
 * Gives dead objects' slots back: a slot becomes free when no live local, field, table or pending item points to
 * it any more. Run after each step while a dead object exists, so that equal futures are equal states.
 */
import type { Machine } from './machine.js';

export function recycle(machine: Machine): void {
  const { tables, dead } = machine;
  let kept = 0;
  for (let i = 0; i < machine.zombies; i++) {
    const object = dead[i] as number;
    if (referenced(machine, object)) dead[kept++] = object;
    else {
      machine.set(tables.life[object] as number, 0);
      if (tables.zeroed) forget(machine, object);
    }
  }
  machine.zombies = kept;
}

/** What was written into memory that is reused at once goes with it. */
function forget(machine: Machine, object: number): void {
  const { fields, fieldCount } = machine.tables;
  const first = fields[object] as number;
  const end = first + (fieldCount[object] as number);
  for (let slot = first; slot < end; slot++) machine.set(slot, 0);
}

/** The pointer seen last is looked at first: it mostly still stands. */
function referenced(machine: Machine, object: number): boolean {
  const { state, tables, witness } = machine;
  const { pointerSlots, itemSlots, itemObject } = tables;
  if (pointsTo(machine, witness[object] as number, object)) return true;
  for (let i = 0; i < pointerSlots.length; i++)
    if (pointsTo(machine, i, object)) {
      witness[object] = i;
      return true;
    }
  for (let i = 0; i < itemSlots.length; i++)
    if ((itemObject[state[itemSlots[i] as number] as number] as number) === object) return true;
  return tables.layout.lists.length > 1 && listPointsTo(machine, object);
}

/** Whether a slot holds a pointer to the object and is no field of a dead one. */
function pointsTo(machine: Machine, index: number, object: number): boolean {
  const { state, tables } = machine;
  if ((state[tables.pointerSlots[index] as number] as number) !== object) return false;
  const owner = tables.pointerOwner[index] as number;
  if (owner === 0) return true;
  const life = state[tables.life[owner] as number] as number;
  return life > 0 && life <= (tables.accessMax[owner] as number);
}

/** Whether a list that can still be walked leads to the object. */
function listPointsTo({ state, tables }: Machine, object: number): boolean {
  const { lists } = tables.layout;
  for (const head of lists) {
    if (head === null || head.object === object) continue;
    if (head.object !== 0) {
      const life = state[tables.life[head.object] as number] as number;
      if (life === 0 || life > (tables.accessMax[head.object] as number)) continue;
    }
    if (lists[state[head.slot] as number]?.object === object) return true;
    if (lists[state[head.slot + 1] as number]?.object === object) return true;
  }
  return false;
}
