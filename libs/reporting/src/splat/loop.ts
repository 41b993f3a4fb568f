/**
 * A livelock: who goes round for ever and through which lines, who waits for ever meanwhile, and for whom. Told from the
 * trace's loop; without one, a caller knows the signature only.
 */
import type { LoopingTask, Trace } from '@lastref/kernel';
import { taskName } from '../facts/names.js';
import { LOOP_LINES } from '../limits.js';
import { block, type Block } from './splat.js';
import { chain, heldLocks, stuckBlock } from './waiting.js';

export function loopBlocks(trace: Trace): Block[] {
  const { loop } = trace;
  if (loop === undefined) return [];
  const { tasks } = loop;
  const waiting = loop.waiting.filter(({ parked }) => !parked);
  const outside = loop.waiting
    .filter(({ parked }) => parked)
    .map(({ task, text }) => `${taskName(trace, task)} in ${text}`);
  return [
    ...tasks.map((task) => goingRound(trace, task)),
    ...waiting.map((task) => stuckBlock(trace, task)),
    ...heldLocks(trace),
    ...(outside.length === 0 ? [] : [block('Waits for the outside meanwhile:', outside)]),
    ...(waiting.length === 0 ? [] : [chain(trace, waiting)]),
  ];
}

function goingRound(trace: Trace, { task, calls, lines }: LoopingTask): Block {
  const more = lines.length - LOOP_LINES;
  return block(`${taskName(trace, task)} goes round for ever:`, [
    ...lines.slice(0, LOOP_LINES).map((line) => ` ${line}`),
    ...(more > 0 ? [` and ${more} more`] : []),
    'Call Trace:',
    ...calls.map((call) => ` ${call}`),
  ]);
}
