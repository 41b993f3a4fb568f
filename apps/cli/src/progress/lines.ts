/** Progress as plain lines, at most one every few seconds: for logs, pipes and CI. */
import { LINE_MS } from '../limits.js';
import { count, duration } from '../text/numbers.js';
import type { Progress } from './progress.js';

export function progressLines(note: (line: string) => void, now: () => number): Progress {
  let total = 0;
  let unit = '';
  let began = 0;
  let said = 0;
  let before = 0;
  return {
    begin: (most, what, already = 0) => {
      [total, unit, before] = [most, what, already];
      began = said = now();
    },
    update: (done) => {
      const at = now();
      if (at - said < LINE_MS || done <= before) return;
      said = at;
      const rate = ((done - before) * 1000) / (at - began);
      const left = duration(((total - done) * 1000) / rate);
      note(`${count(done)} of ${count(total)} ${unit}, ${count(rate)}/s, ${left} left`);
    },
    end: () => undefined,
  };
}
