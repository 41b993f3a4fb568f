/** A flush counts the items ahead of it, however many there are; a local that cannot hold so many is refused. */
import {
  flag,
  fn,
  ptr,
  statics,
  Struct,
  task,
  work,
  Workqueue,
  type Ref,
} from '@lastref/authoring';
import { parseProgram, type Program } from '@lastref/kernel';
import { tiny } from '../support/tiny.js';
import { told } from './told.js';

class Wq extends Workqueue {
  static override readonly tag = 'wq';
}
const { queue, ran } = statics({ queue: ptr(() => Wq), ran: flag() });

/** A task that queues the items of so many objects, flushes, and frees the objects. */
function flushed(count: number): Program {
  class Device extends Struct {
    static override readonly tag = 'device';
    static override readonly count = count;
    item = work();
  }
  const item = fn('item', 'driver.c', (f, device: Ref<typeof Device>) => {
    f.ignore(f.test_bit(ran));
    f.if(device, () => undefined);
  });
  const remove = fn('remove', 'driver.c', (f) => {
    const wq = f.load(queue);
    const devices = Array.from({ length: count }, () => f.kzalloc(Device));
    for (const device of devices) f.queue_work(wq, device.item);
    f.flush_workqueue(wq);
    for (const device of devices) f.kfree(device);
  });
  return tiny({
    works: [[Device, 'item', item]],
    given: (f) => {
      f.store(queue, f.alloc_workqueue(Wq));
    },
    tasks: [
      task('rmmod', (f) => {
        f.call(remove);
      }),
    ],
  });
}

it.each([1, 7, 8, 9])('waits for all of %d items before they are freed', (count) => {
  expect(told(flushed(count))).toEqual({ failures: [], reports: [] });
});

it('is refused where its counter is too small for the items there are, with the place', () => {
  const program = flushed(3);
  const bodies = program.bodies.map((body) => ({
    ...body,
    locals: body.locals.map((local) => (local.name === 'ahead' ? { ...local, max: 2 } : local)),
  }));
  const parsed = parseProgram({ ...program, bodies });
  expect(parsed).toMatchObject({
    ok: false,
    errors: [{ message: "'ahead' holds at most 2, and flush_workqueue gives up to 4" }],
  });
});
