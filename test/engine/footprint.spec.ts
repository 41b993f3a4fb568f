/** What steps touch: the relation that strategies take for races. */
import { flag, fn, mutex, ptr, statics, Struct, task, work, Workqueue } from '@lastref/authoring';
import {
  conflicts,
  isWrite,
  Machine,
  nextFootprint,
  NOTHING,
  slotTouched,
  tablesOf,
} from '@lastref/kernel';
import { tiny } from './support/tiny.js';

class Thing extends Struct {
  static override readonly tag = 'thing';
  ready = flag();
  item = work();
}
class Wq extends Workqueue {
  static override readonly tag = 'wq';
}
const { data, lock, thing, wq } = statics({
  data: flag(),
  lock: mutex(),
  thing: ptr(() => Thing),
  wq: ptr(() => Wq),
});
const run_item = fn('run_item', 'a.c', (f) => {
  f.mutex_lock(lock);
});

const machine = new Machine(
  tablesOf(
    tiny({
      works: [[Thing, 'item', run_item]],
      given: (f) => {
        f.store(thing, f.kzalloc(Thing));
        f.store(wq, f.alloc_workqueue(Wq));
      },
      tasks: [
        task('reader', (f) => {
          f.ignore(f.test_bit(data));
          f.ignore(f.test_bit(f.load(thing).ready));
        }),
        task('writer', (f) => {
          f.set_bit(data);
          f.queue_work(f.load(wq), f.load(thing).item);
        }),
        task('freer', (f) => {
          f.kfree(f.load(thing));
        }),
      ],
    }),
  ),
);
const [READER, WRITER, FREER, WORKER] = [0, 1, 2, 3];

describe('footprints', () => {
  beforeEach(() => {
    machine.reset();
  });
  const steps = (task: number, n: number): void => {
    for (let i = 0; i < n; i++) machine.step(task, false);
  };
  const of = (task: number): number => nextFootprint(machine, task);

  it('conflict where one location is touched and one step writes', () => {
    expect(slotTouched(of(READER))).toBe(slotTouched(of(WRITER)));
    expect([isWrite(of(READER)), isWrite(of(WRITER))]).toEqual([false, true]);
    expect(conflicts(of(READER), of(WRITER))).toBe(true);
    expect(conflicts(of(READER), of(READER))).toBe(false);
  });

  it('do not conflict on different locations', () => {
    expect(conflicts(of(WRITER), of(FREER))).toBe(false);
  });

  it('conflict where one step frees the object whose field the other reads', () => {
    steps(READER, 2);
    steps(FREER, 1);
    expect(slotTouched(of(READER))).not.toBe(slotTouched(of(FREER)));
    expect(conflicts(of(READER), of(FREER))).toBe(true);
    expect(conflicts(of(FREER), of(READER))).toBe(true);
  });

  it('of a worker that may take an item conflicts with queueing one', () => {
    steps(WRITER, 3);
    expect(conflicts(of(WRITER), of(WORKER))).toBe(true);
  });

  it('of a task that has ended, and of a pointer that is NULL, is nothing', () => {
    steps(FREER, 2);
    expect(of(FREER)).toBe(NOTHING);
  });
});
