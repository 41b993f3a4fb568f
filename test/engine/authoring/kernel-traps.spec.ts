/** Questions that strangers ask of the model, answered as the kernel answers: what is reported, and where. */
import {
  flag,
  fn,
  list,
  mutex,
  ptr,
  rwsem,
  statics,
  Struct,
  task,
  work,
  Workqueue,
  type FunctionBuilder,
  type Ref,
} from '@lastref/authoring';
import { proveTiny, tiny, type TinyCase } from '../support/tiny.js';

class Wq extends Workqueue {
  static override readonly tag = 'wq';
}
class Device extends Struct {
  static override readonly tag = 'device';
  sem = rwsem();
  ran = flag();
  node = list();
  item = work();
  second = work();
}
const { device, wq, head, a, b } = statics({
  device: ptr(() => Device),
  wq: ptr(() => Wq),
  head: list(),
  a: mutex(),
  b: mutex(),
});
const given = (f: FunctionBuilder): void => {
  f.store(device, f.kzalloc(Device));
  f.store(wq, f.alloc_workqueue(Wq));
};
const chains = fn('chains', 'driver.c', (f, d: Ref<typeof Device>) => {
  f.queue_work(f.load(wq), d.second);
});
const runs = fn('runs', 'driver.c', (f, d: Ref<typeof Device>) => {
  f.set_bit(d.ran);
});
const found = (
  spec: Omit<TinyCase, 'given' | 'works'>,
): { failures: string[]; reports: string[] } => {
  const works: TinyCase['works'] = [
    [Device, 'item', chains],
    [Device, 'second', runs],
  ];
  const { failures, reports } = proveTiny({ given, works, ...spec });
  return { failures: failures.toSorted(), reports: reports.toSorted() };
};

it('memory of a pending item is freed: reported where it is freed, and used by the worker', () => {
  const tasks = [
    task('remove', (f) => {
      const d = f.load(device);
      f.queue_work(f.load(wq), d.second);
      f.store(device, null);
      f.kfree(d);
    }),
  ];
  const { failures, reports } = found({ tasks });
  expect(failures).toEqual(['use-after-free@runs(device freed by remove)']);
  expect(reports).toEqual([expect.stringMatching(/^warning@remove\(device\.second is active/)]);
  expect(found({ tasks, parked: [Wq] }).reports).toEqual(reports);
});

it('one task may read twice; a writer between its reads makes that a deadlock', () => {
  const reader = task('reader', (f) => {
    const d = f.load(device);
    f.down_read(d.sem);
    f.down_read(d.sem);
    f.up_read(d.sem);
    f.up_read(d.sem);
  });
  const writer = task('writer', (f) => {
    const d = f.load(device);
    f.down_write(d.sem);
    f.up_write(d.sem);
  });
  const recursive = ['recursive-lock@device.sem'];
  expect(found({ tasks: [reader] })).toEqual({ failures: [], reports: recursive });
  expect(found({ tasks: [reader, writer] })).toEqual({
    failures: ['deadlock@reader(device.sem)+writer(device.sem)'],
    reports: recursive,
  });
});

it('a queue that is destroyed runs what its own item queues', () => {
  const { failures } = found({
    tasks: [
      task('remove', (f) => {
        const d = f.load(device);
        const queue = f.load(wq);
        f.queue_work(queue, d.item);
        f.destroy_workqueue(queue);
        f.invariant('the chained item ran', f.load(d.ran));
      }),
    ],
  });
  expect(failures).toEqual([]);
});

it('a list head that was never initialised is named', () => {
  const { failures } = found({
    tasks: [
      task('add', (f) => {
        f.list_add(f.load(device).node, head);
      }),
    ],
  });
  expect(failures).toEqual(['null-deref@add(head)']);
});

describe('names of functions', () => {
  const two = (names: readonly [string, string]): TinyCase => {
    const [first, second] = names.map((name, i) =>
      fn(name, 'pool.cc', (f) => {
        const [outer, inner] = i === 0 ? [a, b] : [b, a];
        f.mutex_lock(outer);
        f.mutex_lock(inner);
        f.mutex_unlock(inner);
        f.mutex_unlock(outer);
      }),
    );
    const calls = (name: string, called: typeof first) =>
      task(name, (f) => {
        if (called !== undefined) f.call(called);
      });
    return { tasks: [calls('1', first), calls('2', second)] };
  };

  it('may be those of C++', () => {
    const { failures } = proveTiny(two(['Pool::~Pool', 'Pool<int>::operator==']));
    expect(failures).toEqual(['deadlock@Pool::~Pool(b)+Pool<int>::operator==(a)']);
  });

  it.each(['Pool::operator()', 'operator+', 'pool@plt'])(
    'with what signatures are spelled with are refused: %s',
    (name) => {
      expect(() => tiny(two(['plain', name]))).toThrow(
        new RegExp(`^tiny/only/main: function '${name.replace(/[()+]/g, '\\$&')}': .*kernel-traps`),
      );
    },
  );
});
