/** How far a hunt is: in schedules, or in seconds where a time decides when it ends. */
import type { Progress } from '../progress/progress.js';
import type { HuntLimit } from './hunt-rule.js';

export interface HuntLength extends HuntLimit {
  /** Milliseconds since the hunt began. */
  readonly elapsed: () => number;
}

/** Begins, and gives what is to be called with the schedules that are done. */
export function huntProgress(
  progress: Progress,
  { rule, schedules, elapsed }: HuntLength,
): (done: number) => void {
  if (rule?.kind !== 'time') {
    progress.begin(schedules, 'schedules');
    return (done) => {
      progress.update(done);
    };
  }
  const seconds = Math.ceil(rule.ms / 1000);
  progress.begin(seconds, 'seconds');
  return () => {
    progress.update(Math.min(seconds, Math.floor(elapsed() / 1000)));
  };
}
