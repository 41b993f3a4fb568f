/** `lastref bench replays`: how long replays by API take with several clients at once. */
import { isRefusal, measureReplays, type ReplaysOptions } from '@lastref/bench';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, INTERRUPTED, refusal, type Outcome } from '../outcome.js';
import { table } from '../text/table.js';

/** Milliseconds that 95 of 100 replays have to stay under. */
const AT_MOST_MS = 100;

export async function benchReplays(options: ReplaysOptions, io: Io): Promise<Outcome> {
  const times = await measureReplays(options, {
    say: (line) => {
      io.note(line);
    },
    signal: io.signal,
    lastref: process.argv[1] ?? '',
  });
  if (io.signal.aborted) return INTERRUPTED;
  if (isRefusal(times))
    return refusal(times.refused === 'usage' ? EXIT.usage : EXIT.environment, times.message);
  const rows = times.map(({ route, address, requests, p50, p95, most }) => [
    route,
    address,
    ...[requests, p50, p95, most].map(String),
    p95 < AT_MOST_MS ? 'met' : 'NOT MET',
  ]);
  const heading = ['route', 'program', 'requests', 'p50 ms', 'p95 ms', 'most ms', 'p95 < 100 ms'];
  const met = times.every(({ p95 }) => p95 < AT_MOST_MS);
  return answer(met ? EXIT.ok : EXIT.failed, times, table([heading, ...rows]));
}
