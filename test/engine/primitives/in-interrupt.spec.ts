/** An oops in an interrupt stops the machine, and its report says so; the same in process context ends a task. */
import {
  delayed_work,
  fn,
  hrtimer,
  irq,
  mutex,
  ptr,
  statics,
  Struct,
  task,
  tasklet,
  threaded_irq,
  timer,
  work,
  Workqueue,
  type FunctionBuilder,
  type TaskSpec,
} from '@lastref/authoring';
import { prove } from '@lastref/exploration';
import { kindOf } from '@lastref/kernel';
import { renderReport } from '@lastref/reporting';
import { shrink } from '@lastref/shrinking';
import { tiny, type TinyCase } from '../support/tiny.js';

class Queue extends Workqueue {
  static override readonly tag = 'queue';
}
class Device extends Struct {
  static override readonly tag = 'device';
  line = irq();
  thread = threaded_irq();
  bottom = tasklet();
  tick = timer();
  precise = hrtimer();
  item = work();
  later = delayed_work();
  other = ptr(() => Device);
  lock = mutex();
}
const { device, queue } = statics({ device: ptr(() => Device), queue: ptr(() => Queue) });

const PANIC = 'Kernel panic - not syncing: Fatal exception in interrupt';
const oopses = fn('oopses', 'a.c', (f) => {
  const missing = f.load(f.load(device).other);
  f.load(missing.other);
});
const FIELDS = ['line', 'thread', 'bottom', 'tick', 'precise', 'item', 'later'] as const;

/** The report of the only failure. */
function reportOf(start: (f: FunctionBuilder) => void, tasks: readonly TaskSpec[] = []): string {
  const spec: TinyCase = {
    works: FIELDS.map((field) => [Device, field, oopses] as const),
    given: (f) => {
      f.store(queue, f.alloc_workqueue(Queue));
      f.store(device, f.kzalloc(Device));
      start(f);
    },
    tasks: [
      task('stays', (f) => {
        f.stay();
      }),
      ...tasks,
    ],
  };
  const program = tiny(spec);
  const { failures } = prove(program);
  expect(failures.map(kindOf)).toEqual(['null-deref']);
  const shrunk = shrink(program, failures[0] ?? '');
  if (!shrunk.ok) throw new Error(shrunk.message);
  return renderReport(shrunk.trace);
}

const nothing = (): void => undefined;
const calls = (options: Partial<TaskSpec> = {}, around: (f: FunctionBuilder) => void = nothing) => [
  task(
    'calls',
    (f) => {
      around(f);
      f.call(oopses);
    },
    options,
  ),
];

it.each<[string, () => string]>([
  [
    'the handler of a line',
    () =>
      reportOf((f) => {
        f.ignore(f.request_irq(f.load(device).line));
      }),
  ],
  [
    'a tasklet',
    () =>
      reportOf((f) => {
        f.tasklet_schedule(f.load(device).bottom);
      }),
  ],
  [
    'a timer',
    () =>
      reportOf((f) => {
        f.timer_setup(f.load(device).tick);
        f.mod_timer(f.load(device).tick);
      }),
  ],
  [
    'an hrtimer',
    () =>
      reportOf((f) => {
        f.hrtimer_setup(f.load(device).precise);
        f.hrtimer_start(f.load(device).precise);
      }),
  ],
  ['a softirq', () => reportOf(nothing, calls({ context: 'softirq' }))],
  ['a hardirq', () => reportOf(nothing, calls({ context: 'hardirq' }))],
  [
    'a task with its bottom halves off',
    () =>
      reportOf(
        nothing,
        calls({}, (f) => {
          f.local_bh_disable();
        }),
      ),
  ],
])('an oops in %s is a panic', (_, report) => {
  expect(report()).toMatch(new RegExp(`^ .*oopses \\(a\\.c\\)\n${PANIC}$`, 'm'));
});

it.each<[string, () => string]>([
  ['a task', () => reportOf(nothing, calls())],
  [
    'a task with preemption off',
    () =>
      reportOf(
        nothing,
        calls({}, (f) => {
          f.preempt_disable();
        }),
      ),
  ],
  [
    'the thread of a line',
    () =>
      reportOf((f) => {
        f.ignore(f.request_threaded_irq(f.load(device).thread));
      }),
  ],
  [
    'work',
    () =>
      reportOf((f) => {
        f.queue_work(f.load(queue), f.load(device).item);
      }),
  ],
  [
    'delayed work',
    () =>
      reportOf((f) => {
        f.queue_delayed_work(f.load(queue), f.load(device).later);
      }),
  ],
])('an oops in %s is none', (_, report) => {
  expect(report()).not.toContain('panic');
});

it('a use-after-free in an interrupt is no oops', () => {
  const spec: TinyCase = {
    works: [[Device, 'bottom', oopses]],
    given: (f) => {
      const object = f.kzalloc(Device);
      f.tasklet_schedule(object.bottom);
      f.kfree(object);
    },
    tasks: [
      task('stays', (f) => {
        f.stay();
      }),
    ],
  };
  const program = tiny(spec);
  const shrunk = shrink(program, prove(program).failures[0] ?? '');
  if (!shrunk.ok) throw new Error(shrunk.message);
  expect(shrunk.trace.inInterrupt).toBe(true);
  expect(renderReport(shrunk.trace)).not.toContain('panic');
});
