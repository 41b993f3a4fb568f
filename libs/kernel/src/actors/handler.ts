/**
 * What comes unasked: the handler of an interrupt line (kernel/irq/handle.c), or the function of a tasklet
 * (kernel/softirq.c, tasklet_action_common). Idle until it is raised and nothing has it disabled; then it may begin at any
 * time, once at a time. A tasklet is raised once by each tasklet_schedule; a line from request_irq to free_irq, so often as its
 * field declares, and once more where its object or its text is gone: that ends the run. Not in a thread, it runs in interrupt context:
 * the pseudo-class of the function, held meanwhile, is one that its holder must not sleep with.
 * Detectors: use-after-free of the object that embeds it; text of a module that is gone.
 */
import { assert, at } from '../assert.js';
import type { Kernel } from '../operation/kernel.js';
import { Exit } from '../operation/row.js';
import { isEnabled } from '../primitives/support/tasklets.js';
import type { HandlerActor } from './actor.js';
import { enter, isSound, isTextGone } from './item.js';

export function isComing(m: Kernel, { raised, left, depth, work }: HandlerActor): boolean {
  const number = m.state[raised] as number;
  if (number === 0) return false;
  if (left < 0) return isEnabled(m, number);
  if ((m.state[depth] as number) !== 0) return false;
  if ((m.state[left] as number) > 0) return true;
  const object = m.tables.itemObject[number] as number;
  return isDead(m, object) || isTextGone(m, at(m.tables.program.works, work).body);
}

const isDead = ({ state, tables }: Kernel, object: number): boolean =>
  (state[tables.life[object] as number] as number) > (tables.liveMax[object] as number);

/** @returns where the handler stands then, or FAILED */
export function handle(m: Kernel, task: number, handler: HandlerActor): number {
  const { layout, program } = m.tables;
  const { raised, left, locals } = handler;
  const number = m.state[raised] as number;
  const item = layout.items[number];
  assert(item !== null && item !== undefined, 'what comes is raised');
  if (left < 0) m.set(raised, 0);
  else if ((m.state[left] as number) > 0) m.set(left, (m.state[left] as number) - 1);
  const { body } = at(program.works, item.work);
  if (!isSound(m, body, item.object)) return Exit.failed;
  m.set(handler.item, number);
  return enter(m, task, locals, body, item.object);
}
