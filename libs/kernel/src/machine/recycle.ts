/**
 * Gives dead objects' slots back: a slot becomes free when no live local, field, table or pending item points to
 * it any more. Run after each step while a dead object exists, so that equal futures are equal states.
 */
import { cell } from '../state/cell.js';
import type { Machine } from './machine.js';

export function recycle(machine: Machine): void {
  const { state, tables } = machine;
  const { life, liveMax } = tables;
  for (let object = 1; object < life.length; object++) {
    const slot = cell(life, object);
    if (cell(state, slot) > cell(liveMax, object) && !referenced(machine, object)) {
      state[slot] = 0;
      machine.zombies--;
    }
  }
}

function referenced(machine: Machine, object: number): boolean {
  const { state, tables } = machine;
  const { pointerSlots, pointerOwner, itemSlots, layout } = tables;
  for (let i = 0; i < pointerSlots.length; i++) {
    if (cell(state, cell(pointerSlots, i)) !== object) continue;
    const owner = cell(pointerOwner, i);
    if (owner === 0) return true;
    const ownerLife = cell(state, cell(tables.life, owner));
    if (ownerLife > 0 && ownerLife <= cell(tables.liveMax, owner)) return true;
  }
  for (let i = 0; i < itemSlots.length; i++) {
    const item = layout.items[cell(state, cell(itemSlots, i))];
    if (item !== null && item !== undefined && item.object === object) return true;
  }
  return false;
}
