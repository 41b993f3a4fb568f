/** What a viewer of trace events relies on beyond the shape of each. */
import type { Trace } from '@lastref/kernel';
import { z } from 'zod';

const eventSchema = z.object({
  ph: z.string(),
  tid: z.number(),
  name: z.string(),
  ts: z.number().default(0),
  dur: z.number().default(0),
  cat: z.string().default(''),
  id: z.number().default(0),
});
type Event = z.infer<typeof eventSchema>;

export function checkTraceEvents(document: unknown, trace: Trace): void {
  const { traceEvents } = z.object({ traceEvents: z.array(eventSchema) }).parse(document);
  const slices = traceEvents.filter(({ ph }) => ph === 'X');
  for (const tid of new Set(slices.map((slice) => slice.tid)))
    checkNesting(slices.filter((slice) => slice.tid === tid));
  const steps = slices.filter(({ cat }) => cat === 'step').sort((a, b) => a.ts - b.ts);
  expect(steps.map(({ tid, name }) => [tid - 1, name])).toEqual(
    trace.steps.map(({ task, text }) => [task, text]),
  );
  const named = traceEvents.filter(({ ph, name }) => ph === 'M' && name === 'thread_name');
  for (const { tid } of slices) expect(named.map((one) => one.tid)).toContain(tid);
  checkPairs(traceEvents, 'b', 'e');
  checkPairs(traceEvents, 's', 'f');
  for (const arrow of traceEvents.filter(({ ph }) => ph === 's' || ph === 'f'))
    expect(steps.some((step) => step.tid === arrow.tid && holds(step, arrow))).toBe(true);
}

const holds = (slice: Event, { ts }: Event): boolean =>
  slice.ts <= ts && ts <= slice.ts + slice.dur;

/** Two slices of a track are apart, or one holds the other. */
function checkNesting(slices: readonly Event[]): void {
  for (const a of slices)
    for (const b of slices) {
      const apart = a.ts + a.dur <= b.ts || b.ts + b.dur <= a.ts;
      const inside = (x: Event, y: Event): boolean => x.ts >= y.ts && x.ts + x.dur <= y.ts + y.dur;
      if (!apart && !inside(a, b) && !inside(b, a)) throw new Error(`${a.name} cuts ${b.name}`);
    }
}

/** Each that begins ends once, not before it began. */
function checkPairs(events: readonly Event[], begins: string, ends: string): void {
  const starts = events.filter(({ ph }) => ph === begins);
  const finishes = events.filter(({ ph }) => ph === ends);
  expect(finishes.map(({ id }) => id).sort()).toEqual(starts.map(({ id }) => id).sort());
  for (const { id, ts, name } of starts) {
    const finish = finishes.find((one) => one.id === id);
    expect([finish?.name, (finish?.ts ?? -1) > ts]).toEqual([name, true]);
  }
}
