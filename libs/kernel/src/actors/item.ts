/** Where the function of an item begins, of work or a timer, and whether it and its object are still there. */
import { at } from '../assert.js';
import type { Kernel } from '../operation/kernel.js';
import { isGone } from '../primitives/module.js';

/** The function gets the object. @returns where the actor stands then */
export function enter(
  m: Kernel,
  task: number,
  locals: number,
  body: number,
  object: number,
): number {
  m.set(locals, object);
  return m.runLocals(task, at(m.tables.program.bodies, body).entry);
}

/** Whether the function is in the text of a module that is gone. */
export function isTextGone(m: Kernel, body: number): boolean {
  const module = m.tables.program.functions[m.tables.entryFunction[body] as number]?.module;
  return module !== undefined && isGone(m, module);
}

/** Whether function and object of the item are still there; if not a detector spoke. */
export function isSound(m: Kernel, body: number, object: number): boolean {
  const { program, entryFunction } = m.tables;
  const fn = entryFunction[body] as number;
  const module = program.functions[fn]?.module;
  if (module !== undefined && isGone(m, module)) {
    m.failure.moduleTextOf(fn, module);
    return false;
  }
  return isThere(m, fn, object);
}

/** Whether the object is; if not a detector spoke. @param fn what would have touched it */
export function isThere(m: Kernel, fn: number, object: number): boolean {
  const life = m.state[m.tables.life[object] as number] as number;
  if (life <= (m.tables.liveMax[object] as number)) return true;
  m.failure.objectIn(fn, object, life);
  return false;
}
