/**
 * Leaks at the end of a run, as kmemleak defines them: objects alive that nothing reachable points to (statics,
 * tables, lists, the locals of unfinished or staying tasks, running and pending work), and locks held by tasks that are
 * gone. Most ends leak nothing, so nothing is allocated until something does.
 */
import { LIMITS } from '../limits.js';
import type { Kernel } from '../operation/kernel.js';
import type { Failure } from './failure.js';
import { Leaked } from './leaked.js';

type Entry = readonly [what: number, fn: number, detail: number];

/** Whether something leaked; if so the machine's failure lists it as a set of (what, function). */
export function leaks(m: Judged): boolean {
  mark(m);
  const [objects, locks] = [leakedObjects(m), leakedLocks(m)];
  if (objects.length + locks.length === 0) return false;
  const distinct = new Map([...objects, ...locks].map((entry) => [entry.join(' '), entry]));
  m.failure.begin('leak');
  const sorted = [...distinct.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  for (const entry of sorted.slice(0, 20))
    entry.forEach((word) => {
      m.failure.push(word);
    });
  return true;
}

/** A machine whose failure can be told in full. */
type Judged = Kernel & { readonly failure: Failure };

const NONE: readonly Entry[] = [];

function leakedObjects(m: Judged): readonly Entry[] {
  const { tables } = m;
  let found: Entry[] | null = null;
  for (let object = 1; object < tables.life.length; object++) {
    if (reachable[object] === 1 || !isAlive(m, object)) continue;
    const type = tables.typeOf[object] as number;
    const life = m.state[tables.life[object] as number] as number;
    found ??= [];
    found.push([Leaked.object, tables.allocFns[type]?.[life - 1] ?? 0, type]);
  }
  return found ?? NONE;
}

function leakedLocks(m: Judged): readonly Entry[] {
  let found: Entry[] | null = null;
  for (let task = 0; task < m.taskCount; task++) {
    if ((m.state[m.pcSlot[task] as number] as number) !== 0) continue;
    for (let held = m.edges.heldBy(m, task); held !== 0; held &= held - 1) {
      found ??= [];
      found.push([Leaked.heldLock, entryFunction(m, task), 31 - Math.clz32(held & -held)]);
    }
  }
  return found ?? NONE;
}

function entryFunction(m: Judged, task: number): number {
  const { program, entryFunction: ofBody } = m.tables;
  return ofBody[program.tasks[task]?.body ?? 0] as number;
}

function isAlive({ tables, state }: Kernel, object: number): boolean {
  const life = state[tables.life[object] as number] as number;
  return life > 0 && life <= (tables.liveMax[object] as number);
}

/** Per object: 1 if something reachable points to it. Valid between mark() and the end of leaks(). */
const reachable = new Uint8Array(LIMITS.objects + 1);
const stack = new Uint8Array(LIMITS.objects + 1);
let height = 0;

function visit(m: Judged, object: number): void {
  if (object === 0 || reachable[object] === 1 || !isAlive(m, object)) return;
  reachable[object] = 1;
  stack[height++] = object;
}

function mark(m: Judged): void {
  const { tables, state } = m;
  const { pointerSlots, pointerFirst, itemSlots, itemObject } = tables;
  const hasLists = tables.layout.lists.length > 1;
  for (let i = 0; i < tables.life.length; i++) reachable[i] = 0;
  height = 0;
  for (let i = 0; i < itemSlots.length; i++)
    visit(m, itemObject[state[itemSlots[i] as number] as number] as number);
  for (let owner = 0; ; owner = stack[--height] ?? 0) {
    const end = pointerFirst[owner + 1] as number;
    for (let i = pointerFirst[owner] as number; i < end; i++)
      visit(m, state[pointerSlots[i] as number] as number);
    if (hasLists) visitLists(m, owner);
    if (height === 0) return;
  }
}

function visitLists(m: Judged, owner: number): void {
  const { lists } = m.tables.layout;
  for (const head of lists) {
    if (head === null || head.object !== owner) continue;
    visit(m, lists[m.state[head.slot] as number]?.object ?? 0);
    visit(m, lists[m.state[head.slot + 1] as number]?.object ?? 0);
  }
}
