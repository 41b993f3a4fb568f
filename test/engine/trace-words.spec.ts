/** What traces say of locks, loads and calls: read off the state and the program, never off printed code. */
import {
  fn,
  kernfs,
  mutex,
  ptr,
  rwsem,
  spinlock,
  statics,
  Struct,
  task,
  work,
  Workqueue,
  type FunctionBuilder,
  type Ref,
} from '@lastref/authoring';
import { prove, replay } from '@lastref/exploration';
import type { Program, Trace } from '@lastref/kernel';
import { renderInterleaving, renderReport } from '@lastref/reporting';
import { shrink } from '@lastref/shrinking';
import { tiny } from './support/tiny.js';

class Wq extends Workqueue {
  static override readonly tag = 'x_wq';
}
class Dev extends Struct {
  static override readonly tag = 'dev';
  lock = spinlock();
  active = kernfs();
  wq = ptr(() => Wq);
  item = work();
}
const { dev, lock, sem } = statics({ dev: ptr(() => Dev), lock: mutex(), sem: rwsem() });

const worked = fn('x_work', 'x.c', (f, d: Ref<typeof Dev>) => {
  f.mutex_lock(lock);
  f.mutex_unlock(lock);
  f.load(d.wq);
});
const given = (f: FunctionBuilder): void => {
  const d = f.kzalloc(Dev);
  f.kernfs_create(d.active);
  f.store(d.wq, f.alloc_workqueue(Wq));
  f.store(dev, d);
};
const one = (name: string, body: (f: FunctionBuilder) => void) =>
  task(name, (f) => {
    f.call(fn(`${name}_fn`, 'x.c', body));
  });
const model = (...tasks: ReturnType<typeof one>[]): Program =>
  tiny({ given, tasks, works: [[Dev, 'item', worked]] });

/** Each task to its end, in order. */
function inOrder(program: Program): Trace {
  let schedule = '';
  for (;;) {
    const next = [...program.tasks.keys(), program.tasks.length].find(
      (t) => replay(program, { schedule: schedule + String(t) }).ok,
    );
    if (next === undefined) break;
    schedule += String(next);
  }
  const run = replay(program, { schedule });
  if (!run.ok) throw new Error(run.message);
  return run.trace;
}

const events = (trace: Trace): string[] =>
  trace.steps.flatMap(({ locks }) => locks.map(({ event, lockClass }) => `${event} ${lockClass}`));

describe('a trace tells what a step does to which lock', () => {
  it.each([
    [
      'a mutex',
      (f: FunctionBuilder) => {
        f.mutex_lock(lock);
        f.mutex_unlock(lock);
        f.if(f.mutex_trylock(lock), () => {
          f.mutex_unlock(lock);
        });
      },
      ['acquire lock', 'release lock', 'try lock', 'release lock'],
    ],
    [
      'a semaphore, at the step that passes',
      (f: FunctionBuilder) => {
        f.down_read(sem);
        f.up_read(sem);
        f.down_write(sem);
        f.up_write(sem);
      },
      ['acquire sem', 'release sem', 'acquire sem', 'release sem'],
    ],
    [
      'a spinlock in an object',
      (f: FunctionBuilder) => {
        const d = f.load(dev);
        f.spin_lock(d.lock);
        f.spin_unlock(d.lock);
      },
      ['acquire dev.lock', 'release dev.lock'],
    ],
    [
      'an active reference and its drain, beside a lock',
      (f: FunctionBuilder) => {
        const d = f.load(dev);
        f.if(f.kernfs_get_active(d.active), () => {
          f.kernfs_put_active(d.active);
        });
        f.mutex_lock(lock);
        f.kernfs_remove(d.active);
      },
      [
        'try kn->active',
        'release kn->active',
        'acquire lock',
        'acquire kn->active',
        'release kn->active',
      ],
    ],
  ])('%s', (_name, body, expected) => {
    expect(events(inOrder(model(one('a', body))))).toEqual(expected);
  });

  it('a worker with its queue and its item, and who flushes it', () => {
    const program = model(
      one('flush', (f) => {
        const d = f.load(dev);
        f.queue_work(f.load(d.wq), d.item);
        f.mutex_lock(lock);
        f.flush_workqueue(f.load(d.wq));
        f.mutex_unlock(lock);
      }),
    );
    const proof = prove(program);
    expect(proof.reports).toEqual(['lock-order@(wq)x_wq+lock']);
    const result = shrink(program, 'lock-order@(wq)x_wq+lock');
    if (!result.ok) throw new Error(result.message);
    const text = renderReport(result.trace);
    expect(text).toContain('((wq)x_wq), taken with lock held by flush:');
    expect(text).toContain('(lock), taken with (wq)x_wq held by kworker/x_wq:');
    expect(text).not.toContain('The cycle of lock classes');
  });

  it('and reports stay what they were without looking', () => {
    const program = model(
      one('a', (f) => {
        f.mutex_lock(lock);
        f.down_read(sem);
        f.up_read(sem);
        f.mutex_unlock(lock);
        f.down_read(sem);
        f.mutex_lock(lock);
      }),
    );
    expect(inOrder(program).reports).toEqual(['lock-order@lock+sem']);
  });
});

describe('lines of code', () => {
  const program = model(
    one('a', (f) => {
      const d = f.load(dev);
      f.queue_work(f.load(d.wq), d.item);
      f.flush_workqueue(f.load(d.wq));
      f.down_write(sem);
      f.destroy_workqueue(f.load(d.wq));
      f.up_write(sem);
    }),
  );

  it('name no step by a name that the kernel does not have', () => {
    const drawn = renderInterleaving(inOrder(program), { full: true });
    expect(drawn).not.toMatch(/_wait\(/);
    expect(drawn).toMatch(/flush_workqueue\(\w+\) returns/);
    expect(drawn).toContain('down_write(sem) returns');
    expect(drawn).toMatch(/destroy_workqueue\(\w+\) returns/);
  });

  it('say which dev is the global, where a local has its name', () => {
    expect(inOrder(program).steps[0]?.text).toBe('dev = dev (global)');
  });
});

it('a use after free knows the load that it goes back to, also through copies', () => {
  const program = model(
    one('read', (f) => {
      const d = f.load(dev);
      f.mutex_lock(lock);
      f.mutex_unlock(lock);
      f.mutex_lock(lock);
      f.mutex_unlock(lock);
      f.mutex_lock(lock);
      f.mutex_unlock(lock);
      f.spin_lock(d.lock);
      f.spin_unlock(d.lock);
    }),
    one('remove', (f) => {
      f.kfree(f.load(dev));
    }),
  );
  const signature = prove(program).failures.find((text) => text.startsWith('use-after-free@read'));
  const result = shrink(program, signature ?? '');
  if (!result.ok) throw new Error(result.message);
  const { culprit, steps } = result.trace;
  expect(culprit?.loads).toHaveLength(1);
  const load = steps[(culprit?.loads[0] ?? 0) - 1];
  expect(load?.text).toBe('dev = dev (global)');
  expect(renderInterleaving(result.trace)).toContain(load?.text);
});
