/**
 * How far a measurement by the wall clock was disturbed: the share of a stretch of time in which something on the machine
 * waited for a processor. By Linux's pressure stall information; null where there is none.
 */
import { readFileSync } from 'node:fs';

const PRESSURE = '/proc/pressure/cpu';

function waitedMs(): number {
  try {
    return Number(/^some .*total=([0-9]+)/.exec(readFileSync(PRESSURE, 'utf8'))?.[1]) / 1000;
  } catch {
    return Number.NaN;
  }
}

/** @returns the share since this call */
export function watchPressure(): () => number | null {
  const [waited, started] = [waitedMs(), performance.now()];
  return () => {
    const share = (waitedMs() - waited) / (performance.now() - started);
    return Number.isNaN(share) ? null : Number(share.toFixed(3));
  };
}
