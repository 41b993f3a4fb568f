/** Tasks that wait for ever: each with its call trace, all locks held, and the chain of holders. */
import type { Trace, WaitingTask } from '@lastref/kernel';
import { blockedTasks, parkedTasks } from '../facts/blocked.js';
import { lockedAt, lockHistory, type LockSite } from '../facts/locks.js';
import { taskName } from '../facts/names.js';
import { block, type Block } from './splat.js';
import { blockedTitle } from './title.js';

/** Deadlocks and hangs: what follows the title, which already names the first task. */
export function waitingBlocks(trace: Trace): Block[] {
  const tasks = blockedTasks(trace);
  const traces = tasks.flatMap((task, i): Block[] => {
    const calls = stuckBlock(trace, task);
    return i === 0 ? [calls] : [block(blockedTitle(taskName(trace, task.task))), calls];
  });
  return [...traces, ...heldLocks(trace), ...parked(trace), chain(trace, tasks)];
}

/** A blocked task with its call trace. */
export const stuckBlock = (trace: Trace, task: WaitingTask): Block =>
  block(`task:${taskName(trace, task.task)} state:D`, [
    'Call Trace:',
    ...[task.text, ...task.calls].map((line) => ` ${line}`),
  ]);

export function heldLocks(trace: Trace): Block[] {
  const byTask = new Map<number, LockSite[]>();
  for (const lock of lockHistory(trace).held)
    byTask.set(lock.task, [...(byTask.get(lock.task) ?? []), lock]);
  if (byTask.size === 0) return [];
  const lines = [...byTask].flatMap(([task, locks]) => [
    `${locks.length} lock${locks.length === 1 ? '' : 's'} held by ${taskName(trace, task)}:`,
    ...locks.map((lock, i) => ` #${i}: ${lock.lockClass}, at: ${lockedAt(lock)}`),
  ]);
  return [block('Showing all locks held in the system:', lines)];
}

function parked(trace: Trace): Block[] {
  const lines = parkedTasks(trace).map(({ task, text }) => `${taskName(trace, task)} in ${text}`);
  return lines.length === 0 ? [] : [block('Parked, not hung:', lines)];
}

export function chain(trace: Trace, tasks: readonly WaitingTask[]): Block {
  return block(
    'Chain of holders:',
    tasks.map((task) => {
      const who = task.holders.map((holder) => holderName(trace, task, holder)).join(' and ');
      const held = who === '' ? 'which nobody is left to give' : `held by ${who}`;
      return `${taskName(trace, task.task)} waits for ${task.wants ?? task.resource}, ${held}`;
    }),
  );
}

const holderName = (trace: Trace, { task }: WaitingTask, holder: number): string =>
  holder === task ? 'itself' : taskName(trace, holder);
