/** Work and timers: what they run is known from the whole unit, so that initialising them is no step. */
import { type Place } from '@lastref/authoring';
import type { Calling, Handler } from '../lower/calling.js';
import { SYSTEM_QUEUE } from '../lower/declared.js';
import { conditionOf, intValue, VOID } from '../lower/values.js';
import { Fault } from '../text/diagnostics.js';
import { argument } from './counts.js';

const bound =
  (kind: string): Handler =>
  (c, call) => {
    c.place(argument(call, 0), [kind]);
    return VOID;
  };

/** The queue of the system, which the prologue allocates where something uses it. */
function systemQueue(c: Calling, at: Parameters<Calling['here']>[0]) {
  const place = c.model.declared.statics[SYSTEM_QUEUE];
  if (place === undefined) throw new Fault(at, 'there is no system_wq');
  c.here(at);
  return c.f.load(
    place as Place<{
      readonly kind: 'ptr';
      readonly target?: () => ReturnType<typeof c.model.struct>;
    }>,
  );
}

const schedule: Handler = (c, call) => {
  const item = c.place(argument(call, 0), ['work']);
  const queue = systemQueue(c, call.at);
  return conditionOf(c.f.try_queue_work(queue, item as never));
};

const scheduleDelayed: Handler = (c, call) => {
  const item = c.place(argument(call, 0), ['delayed_work']);
  const queue = systemQueue(c, call.at);
  return intValue(c.f.queue_delayed_work(queue, item as never));
};

const queue: Handler = (c, call) => {
  const to = c.object(argument(call, 0));
  const item = c.place(argument(call, 1), ['work']);
  c.here(call.at);
  return conditionOf(c.f.try_queue_work(to, item as never));
};

export const WORK: Readonly<Record<string, Handler>> = {
  INIT_WORK: bound('work'),
  INIT_DELAYED_WORK: bound('delayed_work'),
  schedule_work: schedule,
  schedule_delayed_work: scheduleDelayed,
  queue_work: queue,
};
