/** A ShiViz log, read as ShiViz reads one: by the expression in its first line. */
import { z } from 'zod';

export interface LoggedEvent {
  readonly host: string;
  readonly clock: ReadonlyMap<string, number>;
  readonly event: string;
}

/** Throws where the expression leaves something of the log unread. */
export function parseLog(log: string): LoggedEvent[] {
  const [expression = '', delimiter, ...lines] = log.split('\n');
  if (delimiter !== '') throw new Error('the second line separates executions, and there is one');
  const text = lines.join('\n');
  const events: LoggedEvent[] = [];
  let read = 0;
  for (const match of text.matchAll(new RegExp(expression, 'g'))) {
    if (text.slice(read, match.index).trim() !== '') throw new Error('not read');
    read = match.index + match[0].length;
    const groups = z
      .object({ host: z.string(), clock: z.string(), event: z.string() })
      .parse({ ...match.groups });
    const clock = z.record(z.string(), z.int().positive()).parse(JSON.parse(groups.clock));
    events.push({ host: groups.host, clock: new Map(Object.entries(clock)), event: groups.event });
  }
  if (text.slice(read).trim() !== '') throw new Error('not read to the end');
  return events;
}
