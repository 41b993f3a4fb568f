/** Mutants of detectors where something comes unasked: the handler of an interrupt line, the function of a tasklet. */
import {
  flag,
  fn,
  irq,
  KernelModule,
  mutex,
  ptr,
  statics,
  Struct,
  task,
  tasklet,
  threaded_irq,
} from '@lastref/authoring';
import type { FunctionBuilder, Ref } from '@lastref/authoring';
import type { TinyCase } from '../support/tiny.js';
import type { Mutant } from './mutants.js';

class Device extends Struct {
  static override readonly tag = 'device';
  line = irq();
  thread = threaded_irq();
  bottom = tasklet();
  seen = flag();
}
const { device, lock } = statics({ device: ptr(() => Device), lock: mutex() });
const driver = new KernelModule('driver', 2, ['driver.c']);

type Body = (f: FunctionBuilder, object: Ref<typeof Device>) => void;
interface Handlers {
  readonly line: Body;
  readonly thread: Body;
  readonly bottom: Body;
}
const sees: Body = (f, { seen }) => {
  f.set_bit(seen);
};

/** A device that has asked for all of them, and a task that removes it. */
const on = (remove: Body, { line = sees, thread = sees, bottom = sees }: Partial<Handlers> = {}) =>
  ({
    modules: [driver],
    works: [
      [Device, 'line', fn('handle', 'driver.c', line)],
      [Device, 'thread', fn('handle_in_thread', 'driver.c', thread)],
      [Device, 'bottom', fn('bottom_half', 'driver.c', bottom)],
    ],
    given: (f) => {
      const object = f.kzalloc(Device);
      f.ignore(f.request_irq(object.line));
      f.ignore(f.request_threaded_irq(object.thread));
      f.tasklet_schedule(object.bottom);
      f.store(device, object);
    },
    tasks: [
      task('remove', (f) => {
        f.call(
          fn('remove', 'a.c', () => {
            remove(f, f.load(device));
          }),
        );
      }),
    ],
  }) satisfies TinyCase;

type Left = 'line' | 'thread' | 'bottom' | undefined;
const stops =
  (left?: Left): Body =>
  (f, { line, thread, bottom }) => {
    if (left !== 'line') f.free_irq(line);
    if (left !== 'thread') f.free_irq(thread);
    if (left !== 'bottom') f.tasklet_kill(bottom);
  };
const frees =
  (left?: Left): Body =>
  (f, object) => {
    stops(left)(f, object);
    f.store(device, null);
    f.kfree(object);
  };
const unloads =
  (left?: Left): Body =>
  (f, object) => {
    stops(left)(f, object);
    f.if(f.module_begin_exit(driver), () => {
      f.module_free(driver);
    });
  };

/** The handler waits for its own end, or only comes no more. */
const disablesItself = (waits: boolean): Body =>
  waits
    ? (f, { line }) => {
        f.disable_irq(line);
      }
    : (f, { line }) => {
        f.disable_irq_nosync(line);
      };
const locked =
  (inside: boolean): Body =>
  (f, { thread }) => {
    f.mutex_lock(lock);
    if (inside) f.disable_irq(thread);
    f.mutex_unlock(lock);
    if (!inside) f.disable_irq(thread);
  };
const takesMutex: Body = (f) => {
  f.mutex_lock(lock);
  f.mutex_unlock(lock);
};
const disabled =
  (enables: boolean): Body =>
  (f, { bottom }) => {
    f.tasklet_disable(bottom);
    f.tasklet_schedule(bottom);
    if (enables) f.tasklet_enable(bottom);
    f.tasklet_kill(bottom);
  };
const enables =
  (once: boolean): Body =>
  (f, { line }) => {
    f.disable_irq(line);
    f.enable_irq(line);
    if (!once) f.enable_irq(line);
  };

export const HANDLER_MUTANTS: readonly Mutant[] = [
  {
    kind: 'use-after-free',
    title: 'an interrupt comes to a device that is gone',
    mutant: on(frees('line')),
    mended: on(frees()),
  },
  {
    kind: 'use-after-free',
    title: 'a tasklet runs on a device that is gone',
    mutant: on(frees('bottom')),
    mended: on(frees()),
  },
  {
    kind: 'module-text-fault',
    title: 'an interrupt comes to a module that is gone',
    mutant: on(unloads('thread')),
    mended: on(unloads()),
  },
  {
    kind: 'sleep-in-atomic',
    title: 'a handler disables its own line, and waits',
    mutant: on(stops(), { line: disablesItself(true) }),
    mended: on(stops(), { line: disablesItself(false) }),
  },
  {
    kind: 'deadlock',
    title: 'a line is disabled with a mutex held that its thread takes',
    mutant: on(locked(true), { thread: takesMutex }),
    mended: on(locked(false), { thread: takesMutex }),
  },
  {
    kind: 'hung-task',
    title: 'a tasklet is killed that is scheduled and disabled',
    mutant: on(disabled(false)),
    mended: on(disabled(true)),
  },
  {
    kind: 'warning',
    title: 'a line is enabled once too often',
    mutant: on(enables(false)),
    mended: on(enables(true)),
  },
];
