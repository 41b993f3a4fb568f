/** A slice per stretch that a lock is held, on a track of its own; one that is held to the end ends with the run. */
import type { Trace } from '@lastref/kernel';
import { taskName } from '../../facts/names.js';
import { begin, end, PROCESS, type TraceEvent } from './trace-event.js';

export function lockSlices(trace: Trace): TraceEvent[] {
  const open = new Map<string, { id: number; close: (ts: number) => TraceEvent }>();
  const events: TraceEvent[] = [];
  let ids = 0;
  for (const { n, task, locks } of trace.steps)
    for (const { event, lock, lockClass } of locks) {
      const key = `${task} ${lockClass} ${lock}`;
      const held = open.get(key);
      if (event === 'release') {
        if (held !== undefined) events.push(held.close(end(n)));
        open.delete(key);
      } else if (held === undefined) {
        const id = ++ids;
        const common = { pid: PROCESS, tid: task + 1, cat: 'lock', name: lock, id };
        events.push({
          ph: 'b',
          ...common,
          ts: begin(n),
          args: { class: lockClass, held_by: taskName(trace, task), how: event },
        });
        open.set(key, { id, close: (ts) => ({ ph: 'e', ...common, ts }) });
      }
    }
  const last = end(trace.steps.length);
  return [...events, ...[...open.values()].map(({ close }) => close(last))];
}
