/** What strangers to the language stumble over, with the right answer of exhaustive search. Traps of the builder are build errors, in libs/authoring. */
import {
  completion,
  flag,
  fn,
  int,
  kernfs,
  list,
  mutex,
  ptr,
  refcount,
  spinlock,
  statics,
  Struct,
  task,
  Workqueue,
  work,
  type FunctionBuilder,
  type Ref,
} from '@lastref/authoring';
import { shrink } from '@lastref/shrinking';
import { proveTiny, tiny, type TinyCase } from '../support/tiny.js';

class Wq extends Workqueue {
  static override readonly tag = 'wq';
}
class Device extends Struct {
  static override readonly tag = 'device';
  present = flag();
  refs = refcount(3);
  node = list();
  file = kernfs();
  item = work();
}
const s = statics({
  lock: mutex(),
  other_lock: mutex(),
  spin: spinlock(),
  gone: flag(),
  event: flag(),
  shared: int(2),
  device: ptr(() => Device),
  wq: ptr(() => Wq),
  done: completion(),
  head: list(),
});
const given = (f: FunctionBuilder): void => {
  const d = f.kzalloc(Device);
  f.refcount_set(d.refs, 1);
  f.set_bit(d.present);
  f.store(s.device, d);
};
const run_item = fn('run_item', 'a.c', (f, d: Ref<typeof Device>) => {
  f.set_bit(d.present);
});
const works: TinyCase['works'] = [[Device, 'item', run_item]];
const remove = task('remove', (f) => {
  const d = f.load(s.device);
  f.set_bit(s.gone);
  f.store(s.device, null);
  f.kfree(d);
});
const found = (spec: TinyCase): string[] => [...proveTiny(spec).failures];
const alone = (body: (f: FunctionBuilder) => void): string[] =>
  found({ given, tasks: [task('a', body)] });

it('a flag that is tested and then relied on is a race', () => {
  const use = task('use', (f) => {
    const d = f.load(s.device);
    f.unless(f.test_bit(s.gone), () => {
      f.if(d, () => {
        f.set_bit(d.present);
      });
    });
  });
  expect(found({ given, tasks: [remove, use] })).toEqual([
    'use-after-free@use(device freed by remove)',
  ]);
});

it.each<[string, boolean, string[]]>([
  ['one lock excludes', true, []],
  ['two locks do not', false, ['invariant@first(mine)']],
])('%s', (_, same, failures) => {
  const writer = (name: string, value: number, lock = s.lock) =>
    task(name, (f) => {
      f.mutex_lock(lock);
      f.store(s.shared, value);
      f.if(f.ne(f.load(s.shared), value), () => {
        f.invariant('mine', 0);
      });
      f.mutex_unlock(lock);
    });
  const second = task('second', (f) => {
    const lock = same ? s.lock : s.other_lock;
    f.mutex_lock(lock);
    f.store(s.shared, 2);
    f.mutex_unlock(lock);
  });
  expect(found({ tasks: [writer('first', 1), second] })).toEqual(failures);
});

describe('waiting', () => {
  it('for the outside world never hangs', () => {
    expect(
      alone((f) => {
        f.wait_for_outside_world(s.event);
      }),
    ).toEqual([]);
  });

  it('for a completion that nobody completes does', () => {
    expect(
      alone((f) => {
        f.wait_for_completion(s.done);
      }),
    ).toEqual(['hung-task@a(done)']);
  });

  it('the name that was taken for wait_event is refused with the names to use', () => {
    const body = (f: FunctionBuilder): void => {
      (f as unknown as { wait_external: (flag: unknown) => void }).wait_external(s.event);
    };
    expect(() => tiny({ tasks: [task('a', body)] })).toThrow(
      /wait_external is now wait_for_outside_world, and never hangs; .* use wait_for_completion/,
    );
  });
});

describe('misuse that the kernel reports', () => {
  it.each<[string, string, (f: FunctionBuilder) => void]>([
    [
      'a lock that is not held',
      'bad-unlock@a(lock)',
      (f) => {
        f.mutex_unlock(s.lock);
      },
    ],
    [
      'a lock that is kept',
      'leak@a(held lock)',
      (f) => {
        f.mutex_lock(s.lock);
      },
    ],
    [
      'sleeping under a spinlock',
      'sleep-in-atomic@a(spin)',
      (f) => {
        f.spin_lock(s.spin);
        f.mutex_lock(s.lock);
        f.mutex_unlock(s.lock);
        f.spin_unlock(s.spin);
      },
    ],
    [
      'a queue that was never made',
      'null-deref@a(wq)',
      (f) => {
        f.queue_work(f.load(s.wq), f.load(s.device).item);
      },
    ],
    [
      'a put too many',
      'refcount-underflow@a(device.refs)',
      (f) => {
        const d = f.load(s.device);
        f.ignore(f.refcount_dec_and_test(d.refs));
        f.ignore(f.refcount_dec_and_test(d.refs));
      },
    ],
    [
      'a file that removes itself',
      'deadlock@a(kn->active)',
      (f) => {
        const d = f.load(s.device);
        f.kernfs_create(d.file);
        f.if(f.kernfs_get_active(d.file), () => {
          f.kernfs_remove(d.file);
          f.kernfs_put_active(d.file);
        });
      },
    ],
  ])('%s', (_, failure, body) => {
    expect(found({ given, works, tasks: [task('a', body)] })).toEqual([failure]);
  });
});

it.each<[string, (f: FunctionBuilder) => void]>([
  [
    'references',
    (f) => {
      const d = f.load(s.device);
      for (let i = 0; i < 3; i++) f.refcount_inc(d.refs);
    },
  ],
  [
    'completions',
    (f) => {
      f.complete(s.done);
      f.complete(s.done);
    },
  ],
])('more %s than declared are a bound of the model, never a verdict', (_, body) => {
  expect(() => alone(body)).toThrow('bound exceeded');
});

it('a label at the end of a loop makes no switch behind the loop free', () => {
  const program = tiny({
    tasks: [
      task('first', (f) => {
        f.milestone('begun');
        f.clear_bit(s.gone);
        f.while(
          () => f.test_bit(s.event),
          () => {
            f.return_to_user();
          },
        );
        f.set_bit(s.gone);
      }),
      task(
        'check',
        (f) => {
          f.invariant('gone', f.load(s.gone));
        },
        { after: 'begun' },
      ),
    ],
  });
  const shrunk = shrink(program, 'invariant@check(gone)');
  expect(shrunk).toMatchObject({
    ok: true,
    reproduction: { cost: { preemptions: 1, switches: 1 } },
  });
});
