/** What an idle actor does, by its kind. */
import { AssertionError, assertNever } from '../assert.js';
import type { Kernel } from '../operation/kernel.js';
import type { Actor } from './actor.js';
import { handle, isComing } from './handler.js';
import { fire } from './timer.js';
import { hasItem, takeItem } from './worker.js';

/** Whether an idle one ever takes something up by itself; time takes up a timer. */
export function takes(actor: Actor): boolean {
  switch (actor.kind) {
    case 'task':
    case 'timer':
      return false;
    case 'worker':
    case 'handler':
      return true;
    default:
      return assertNever(actor);
  }
}

/** Whether an idle one has something to take up now. */
export function isReady(m: Kernel, task: number, actor: Actor): boolean {
  switch (actor.kind) {
    case 'task':
    case 'timer':
      return false;
    case 'worker':
      return hasItem(m, task, actor);
    case 'handler':
      return isComing(m, actor);
    default:
      return assertNever(actor);
  }
}

/** Takes up what it is ready for. @returns where it stands then, or FAILED */
export function takeUp(m: Kernel, task: number, actor: Actor): number {
  switch (actor.kind) {
    case 'task':
      throw new AssertionError(`task ${task} is no candidate while idle`);
    case 'worker':
      return takeItem(m, task, actor);
    case 'timer':
      return fire(m, task, actor);
    case 'handler':
      return handle(m, task, actor);
    default:
      return assertNever(actor);
  }
}
