/**
 * Which steps of a schedule are worth a line. A long stretch of one task is folded to what other tasks can notice:
 * locks, references, lives of objects, queues, names. Steps beside a switch always stay, since a race is about what
 * stands right before and right after one; so do the loads by which the task that fails came by the dead object.
 */
import type { Trace, TraceStep } from '@lastref/kernel';
import { FOLD_FROM } from '../limits.js';

const SIGNIFICANT =
  /^(?:mutex_trylock|kernfs_|down_write|refcount_|kfree|complete|wait_|queue_|mod_|cancel_|disable_|enable_|del_timer|timer_|hrtimer_|call_timer|request_|free_irq|synchronize_|handle_irq|irq_thread|tasklet_|delayed_work|flush_|destroy_|module_|try_module|idr_alloc|idr_remove|sysfs_|list_(?:add|del)|process_one_work|stay)/;

const isSignificant = (trace: Trace, step: TraceStep): boolean =>
  SIGNIFICANT.test(step.text) ||
  step.locks.length > 0 ||
  trace.culprit?.loads.includes(step.n) === true ||
  step.fault ||
  step.early === true ||
  step.milestone !== undefined ||
  step.objects.length > 0;

export function foldSteps(trace: Trace): readonly TraceStep[] {
  return stretches(trace.steps).flatMap((stretch) =>
    stretch.length < FOLD_FROM
      ? stretch
      : stretch.filter(
          (step, i) => i === 0 || i === stretch.length - 1 || isSignificant(trace, step),
        ),
  );
}

/** Consecutive steps of one task. */
function stretches(steps: readonly TraceStep[]): TraceStep[][] {
  const all: TraceStep[][] = [];
  for (const step of steps) {
    const last = all[all.length - 1];
    if (last?.[0]?.task === step.task) last.push(step);
    else all.push([step]);
  }
  return all;
}
