/**
 * Gives dead objects' slots back: a slot becomes free when no live local, field, table or pending item points to
 * it any more. Run after each step while a dead object exists, so that equal futures are equal states.
 */
import { cell } from '../state/cell.js';
import type { Machine } from './machine.js';

export function recycle(machine: Machine): void {
  const { state, tables, dead } = machine;
  let kept = 0;
  for (let i = 0; i < machine.zombies; i++) {
    const object = cell(dead, i);
    if (referenced(machine, object)) dead[kept++] = object;
    else {
      state[cell(tables.life, object)] = 0;
      if (tables.zeroed) forget(machine, object);
    }
  }
  machine.zombies = kept;
}

/** What was written into memory that is reused at once goes with it. */
function forget({ state, tables }: Machine, object: number): void {
  const first = cell(tables.fields, object);
  state.fill(0, first, first + cell(tables.fieldCount, object));
}

/** The pointer seen last is looked at first: it mostly still stands. */
function referenced(machine: Machine, object: number): boolean {
  const { state, tables, witness } = machine;
  const { pointerSlots, itemSlots, itemObject } = tables;
  if (pointsTo(machine, cell(witness, object), object)) return true;
  for (let i = 0; i < pointerSlots.length; i++)
    if (pointsTo(machine, i, object)) {
      witness[object] = i;
      return true;
    }
  for (let i = 0; i < itemSlots.length; i++)
    if (cell(itemObject, cell(state, cell(itemSlots, i))) === object) return true;
  return tables.layout.lists.length > 1 && listPointsTo(machine, object);
}

/** Whether a slot holds a pointer to the object and is no field of a dead one. */
function pointsTo(machine: Machine, index: number, object: number): boolean {
  const { state, tables } = machine;
  if (cell(state, cell(tables.pointerSlots, index)) !== object) return false;
  const owner = cell(tables.pointerOwner, index);
  if (owner === 0) return true;
  const life = cell(state, cell(tables.life, owner));
  return life > 0 && life <= cell(tables.accessMax, owner);
}

/** Whether a list that can still be walked leads to the object. */
function listPointsTo({ state, tables }: Machine, object: number): boolean {
  const { lists } = tables.layout;
  for (const head of lists) {
    if (head === null || head.object === object) continue;
    const life = head.object === 0 ? 1 : cell(state, cell(tables.life, head.object));
    if (life === 0 || life > cell(tables.accessMax, head.object)) continue;
    if (lists[cell(state, head.slot)]?.object === object) return true;
    if (lists[cell(state, head.slot + 1)]?.object === object) return true;
  }
  return false;
}
