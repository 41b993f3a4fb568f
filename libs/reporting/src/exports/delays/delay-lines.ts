/** One delay in the kernel, as lines like those of a patch, and as a probe where one can stand. */
import type { Trace } from '@lastref/kernel';
import { functionOf, taskName } from '../../facts/names.js';
import type { Hold } from './holds.js';
import { placeOf, type Place } from './place.js';
import { isSymbol } from './watch.js';

export function delayLines(trace: Trace, hold: Hold, ms: number, number: number): string[] {
  const place = placeOf(trace, hold);
  const name = taskName(trace, hold.task);
  const until = trace.steps[hold.until - 1];
  const goal =
    until === undefined ? '' : `${taskName(trace, until.task)} has done \`${until.text}\``;
  const call = hold.atomic === undefined ? 'msleep' : 'mdelay';
  const spins = hold.atomic === undefined ? [] : [`It must not sleep here: ${hold.atomic}.`];
  return [
    `#${number} ${name}, ${ms} ms, until ${goal} (step ${hold.until}):`,
    `@@ ${headOf(hold, place)}`,
    ...(place.after === undefined ? [] : [`   ${place.after}`]),
    `+  ${call}(${ms});`,
    ...(place.before === undefined ? [] : [`   ${place.before}`]),
    ...spins,
    ...onlyFor(trace, hold, place),
    probeLine(place, ms),
  ];
}

/** A function that is entered from nowhere is its own place. */
const headOf = ({ raised }: Hold, { within, entered }: Place): string =>
  within ?? (raised === true && entered !== undefined ? `head of ${entered}` : 'where it begins');

function onlyFor(trace: Trace, { task }: Hold, { pass, others }: Place): string[] {
  const also = others.map((other) => taskName(trace, other));
  return [
    ...(also.length === 0
      ? []
      : [
          `Only for ${taskName(trace, task)}: ${also.join(' and ')} pass${also.length === 1 ? 'es' : ''} here too (look at current->comm).`,
        ]),
    ...(pass > 1 ? [`Only the ${ordinal(pass)} time that it passes.`] : []),
  ];
}

function probeLine({ entered, left, inside }: Place, ms: number): string {
  const spins = `mdelay(${ms}), since a probe must not sleep`;
  const name = functionOf(entered ?? left ?? '');
  if (inside === undefined && isSymbol(name))
    return entered === undefined
      ? `Without a rebuild: a kretprobe on ${name} with ${spins}.`
      : `Without a rebuild: a kprobe on ${name} with ${spins}.`;
  return 'Without a rebuild: no function begins or ends here; a kprobe needs the offset of the line.';
}

function ordinal(n: number): string {
  const tens = n % 100;
  const suffix = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${suffix}`;
}
