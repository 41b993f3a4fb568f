/** What work may do while its queue is destroyed, what it leaves behind, and where its item may stand. */
import {
  flag,
  fn,
  mutex,
  ptr,
  statics,
  Struct,
  task,
  work,
  Workqueue,
  type FunctionBuilder,
  type Ref,
} from '@lastref/authoring';
import { tiny, type TinyCase } from '../support/tiny.js';
import { told } from './told.js';

class Wq extends Workqueue {
  static override readonly tag = 'wq';
}
class Device extends Struct {
  static override readonly tag = 'device';
  first = work();
  second = work();
}
const { queue, device, ran, lock } = statics({
  queue: ptr(() => Wq),
  device: ptr(() => Device),
  ran: flag(),
  lock: mutex(),
});
const second = fn('second_fn', 'driver.c', (f) => {
  f.set_bit(ran);
});
const given = (f: FunctionBuilder): void => {
  f.store(queue, f.alloc_workqueue(Wq));
  f.store(device, f.kzalloc(Device));
};
const chaining = fn('first_fn', 'driver.c', (f, owner: Ref<typeof Device>) => {
  f.queue_work(f.load(queue), owner.second);
});
const withWorks = (spec: Omit<TinyCase, 'works' | 'given'>, first = chaining) =>
  told(
    tiny({
      works: [
        [Device, 'first', first],
        [Device, 'second', second],
      ],
      given,
      ...spec,
    }),
  );

it('a queue that drains runs what its own item queues, until it is empty', () => {
  const destroy = fn('destroy', 'driver.c', (f) => {
    const wq = f.load(queue);
    f.queue_work(wq, f.load(device).first);
    f.destroy_workqueue(wq);
    f.check('the chained item ran', ran, '==', 1);
  });
  const tasks = [
    task('rmmod', (f) => {
      f.call(destroy);
    }),
  ];
  expect(withWorks({ tasks })).toEqual({ failures: [], reports: [] });
});

it('a lock that an item leaves held is a leak of the function of the item', () => {
  const locks = fn('first_fn', 'driver.c', (f, owner: Ref<typeof Device>) => {
    f.mutex_lock(lock);
    f.if(owner, () => undefined);
  });
  const innocent = fn('innocent', 'driver.c', (f) => {
    const owner = f.load(device);
    f.queue_work(f.load(queue), owner.first);
    f.queue_work(f.load(queue), owner.second);
  });
  const tasks = [
    task('user', (f) => {
      f.call(innocent);
    }),
  ];
  expect(withWorks({ tasks }, locks).failures).toEqual(['leak@first_fn(held lock)']);
});

it('freeing an object whose item is pending is told where it is freed', () => {
  const free = fn('free', 'driver.c', (f) => {
    const owner = f.load(device);
    f.queue_work(f.load(queue), owner.second);
    f.store(device, null);
    f.kfree(owner);
  });
  const tasks = [
    task('user', (f) => {
      f.call(free);
    }),
  ];
  expect(withWorks({ tasks })).toEqual({
    failures: ['use-after-free@second_fn(device freed by free)'],
    reports: ['warning@free(device.second is active)'],
  });
});

it('an item that is a static is refused with its name', () => {
  const { item } = statics({ item: work() });
  expect(() =>
    tiny({
      given,
      tasks: [
        task('user', (f) => {
          f.queue_work(f.load(queue), item);
        }),
      ],
    }),
  ).toThrow(
    "'item' is work, a timer, a tasklet or an interrupt line, which has to be embedded in an object",
  );
});
