/**
 * Between instants and what the clocks of a time zone show. A wall time is written as the milliseconds it would be in UTC, so
 * that it can be counted with. Clocks that jump forward leave wall times out: one of these means the first instant after the
 * jump. Clocks that are put back show wall times twice: the first time is meant. So no wall time has two instants, none has
 * no instant, and of two wall times the later never comes first. Whole days that were skipped are such jumps as well.
 * Offsets come from Intl, which has the tables of Node; rules change with Node's version. Offsets of parts of a second, as
 * before 1900, are not known here.
 */

/** No clock is further from UTC, and none jumps further, than this. */
const FAR_MS = 26 * 3_600_000;

export interface Zone {
  /** What the clocks show at this instant. */
  wallAt(instant: number): number;
  /** The first instant at which they show this, or have passed it. */
  instantOf(wall: number): number;
}

export function zoneOf(name: string): Zone {
  const wallAt = wallClock(name);
  const instantOf = (wall: number): number => {
    const before = wallAt(wall - FAR_MS) - (wall - FAR_MS);
    const after = wallAt(wall + FAR_MS) - (wall + FAR_MS);
    const [early, late] = [wall - Math.max(before, after), wall - Math.min(before, after)];
    if (wallAt(early) === wall) return early;
    if (wallAt(late) === wall) return late;
    return firstPast(wall, early, late, wallAt);
  };
  return { wallAt, instantOf };
}

/** The end of the jump: clocks are before `wall` at `early` and past it at `late`. */
function firstPast(
  wall: number,
  early: number,
  late: number,
  wallAt: (instant: number) => number,
): number {
  let [low, high] = [early, late];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (wallAt(middle) > wall) high = middle;
    else low = middle;
  }
  return high;
}

function wallClock(name: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: name,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant) => {
    const shown = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => Number(shown.get(type));
    const day = Date.UTC(part('year'), part('month') - 1, part('day'));
    const seconds = (part('hour') * 60 + part('minute')) * 60 + part('second');
    return day + seconds * 1000 + (((instant % 1000) + 1000) % 1000);
  };
}
