/**
 * Leaks at the end of a run, as kmemleak defines them: objects alive that nothing reachable points to (statics,
 * tables, the locals of unfinished or staying tasks, running and pending work), and locks held by tasks that are gone.
 */
import { cell } from '../state/cell.js';
import type { Machine } from './machine.js';

const OBJECT = 1;
const HELD_LOCK = 2;

/** Whether something leaked; if so the machine's failure lists it as a set of (what, function). */
export function leaks(m: Machine): boolean {
  const { tables, state } = m;
  const found = new Map<string, [number, number, number]>();
  const add = (what: number, fn: number, detail: number): void => {
    found.set(`${what} ${fn} ${detail}`, [what, fn, detail]);
  };
  const reachable = mark(m);
  for (let object = 1; object < tables.life.length; object++) {
    const life = cell(state, cell(tables.life, object));
    const type = cell(tables.typeOf, object);
    if (life === 0 || life > cell(tables.liveMax, object) || reachable.has(object)) continue;
    add(OBJECT, tables.allocFns[type]?.[life - 1] ?? 0, type);
  }
  for (let task = 0; task < m.taskCount; task++) {
    if (cell(state, cell(m.pcSlot, task)) !== 0) continue;
    for (let held = m.edges.heldBy(m, task); held !== 0; held &= held - 1)
      add(HELD_LOCK, entryFunction(m, task), 31 - Math.clz32(held & -held));
  }
  if (found.size === 0) return false;
  m.failure.begin('leak');
  const sorted = [...found.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  for (const entry of sorted.slice(0, 20))
    entry.forEach((word) => {
      m.failure.push(word);
    });
  return true;
}

function entryFunction(m: Machine, task: number): number {
  const { program } = m.tables;
  const entry = program.bodies[program.tasks[task]?.body ?? 0]?.entry ?? 0;
  return cell(m.tables.fn, entry);
}

function mark(m: Machine): ReadonlySet<number> {
  const { tables, state } = m;
  const reachable = new Set<number>();
  const stack: number[] = [];
  const visit = (object: number): void => {
    if (object === 0 || reachable.has(object)) return;
    const life = cell(state, cell(tables.life, object));
    if (life === 0 || life > cell(tables.liveMax, object)) return;
    reachable.add(object);
    stack.push(object);
  };
  for (let i = 0; i < tables.pointerSlots.length; i++)
    if (cell(tables.pointerOwner, i) === 0) visit(cell(state, cell(tables.pointerSlots, i)));
  for (let i = 0; i < tables.itemSlots.length; i++)
    visit(tables.layout.items[cell(state, cell(tables.itemSlots, i))]?.object ?? 0);
  const { lists } = tables.layout;
  const visitLists = (owner: number): void => {
    for (const head of lists)
      if (head?.object === owner)
        for (const slot of [head.slot, head.slot + 1]) visit(lists[cell(state, slot)]?.object ?? 0);
  };
  visitLists(0);
  for (let object = stack.pop(); object !== undefined; object = stack.pop()) {
    for (let i = 0; i < tables.pointerSlots.length; i++)
      if (cell(tables.pointerOwner, i) === object) visit(cell(state, cell(tables.pointerSlots, i)));
    visitLists(object);
  }
  return reachable;
}
