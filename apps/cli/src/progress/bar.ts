/** Progress as a bar with rate and time left, for terminals. It is removed when the work ends. */
import { SingleBar } from 'cli-progress';
import { count, duration } from '../text/numbers.js';
import type { Progress } from './progress.js';

export function progressBar(stream: NodeJS.WritableStream, now: () => number): Progress {
  let bar: SingleBar | undefined;
  let began = 0;
  let total = 0;
  let before = 0;
  return {
    begin: (most, unit, already = 0) => {
      [total, before] = [most, already];
      began = now();
      bar = new SingleBar({
        stream,
        clearOnComplete: true,
        hideCursor: true,
        barsize: 30,
        format: `[{bar}] {percentage}% of {all} ${unit}, {rate}/s, {left} left`,
      });
      bar.start(most, already, { all: count(most), rate: '-', left: '-' });
    },
    update: (done) => {
      const rate = ((done - before) * 1000) / Math.max(1, now() - began);
      const left = rate <= 0 ? '-' : duration(((total - done) * 1000) / rate);
      bar?.update(done, { rate: count(rate), left });
    },
    end: () => {
      bar?.stop();
      bar = undefined;
    },
  };
}
