/** A queue with two workers: two items at once, none beside itself, and its flushes. */
import { fn, task, type FunctionBuilder } from '@lastref/authoring';
import { Machine, tablesOf } from '@lastref/kernel';
import { proveTiny, tiny } from '../support/tiny.js';
import {
  met,
  type Body,
  type Item,
  Items,
  Wide,
  alone,
  clean,
  go,
  inside,
  is,
  items,
  ran,
  result,
  total,
  wakes,
  wide,
  wq,
} from './items.fixture.js';

describe('a queue with two workers', () => {
  const onWide = (f: FunctionBuilder, ...names: readonly Item[]): void => {
    for (const name of names) f.queue_work(f.load(wide), f.load(items)[name]);
  };

  it('runs two items at once, where an ordered queue would hang', () => {
    const wait: Body = (f) => {
      f.flush_workqueue(f.load(wide));
    };
    expect(
      ran([], alone(wait), (f) => {
        onWide(f, 'meets', 'other');
      }),
    ).toMatchObject(clean);
    const ordered = ran(
      ['meets', 'other'],
      alone((f) => {
        f.flush_workqueue(f.load(wq));
      }),
    );
    expect(ordered.failures).toEqual([expect.stringContaining('hung-task@')]);
  });

  it('never runs one item beside itself', () => {
    const once = fn('once', 'a.c', (f) => {
      f.if(f.test_and_set_bit(inside), () => {
        f.check('it runs beside itself', result, '==', 1);
      });
      f.clear_bit(inside);
      f.atomic_inc(total);
    });
    const { failures, complete } = proveTiny({
      works: [[Items, 'counts', once]],
      given: (f) => {
        f.store(wide, f.alloc_workqueue(Wide));
        f.store(items, f.kzalloc(Items));
      },
      tasks: alone((f) => {
        f.queue_work(f.load(wide), f.load(items).counts);
        f.queue_work(f.load(wide), f.load(items).counts);
        f.destroy_workqueue(f.load(wide));
        f.store(wide, null);
      }),
    });
    expect([failures, complete]).toEqual([[], true]);
  });

  it('passes over an item that runs, and takes the one behind it', () => {
    const tasks = [
      task('queues', (f) => {
        f.milestone('queued again');
        onWide(f, 'waits', 'meets');
        f.wait_for_completion(met);
        for (let times = 0; times < 3; times++) f.complete(go);
        f.flush_workqueue(f.load(wide));
        is(f, 'it ran twice', 2);
      }),
    ];
    expect(
      ran(
        [],
        tasks,
        (f) => {
          onWide(f, 'waits');
        },
        [['running', 'queued again']],
      ),
    ).toMatchObject(clean);
  });

  it('has its first idle worker alone take an item: the others are no different', () => {
    const machine = new Machine(
      tablesOf(
        tiny({
          works: [
            [Items, 'counts', fn('first', 'a.c', (f) => void f.load(result))],
            [Items, 'other', fn('second', 'a.c', (f) => void f.load(inside))],
          ],
          given: (f) => {
            f.store(wide, f.alloc_workqueue(Wide));
            f.store(items, f.kzalloc(Items));
            onWide(f, 'counts', 'other');
          },
          tasks: alone((f) => {
            f.stay();
          }),
        }),
      ),
    );
    machine.reset();
    const workers = machine.tables.layout.tasks.flatMap(({ kind }, t) =>
      kind === 'worker' ? [1 << t] : [],
    );
    const [first = 0, second = 0] = workers;
    expect(workers).toHaveLength(2);
    expect(machine.candidates()).toBe(first);
    expect(machine.step(Math.log2(first), false)).toBe(true);
    expect(machine.candidates()).toBe(first | second);
  });

  it('is flushed when all that were there have ended, in whatever order', () => {
    const tasks = [
      task('flushes', (f) => {
        f.flush_workqueue(f.load(wide));
        is(f, 'both have ended', 2);
      }),
      wakes,
    ];
    expect(
      ran([], tasks, (f) => {
        onWide(f, 'waits', 'counts');
      }),
    ).toMatchObject(clean);
  });

  it.each([
    ['an ordered queue', (f: FunctionBuilder) => f.load(wq)],
    ['one with two workers', (f: FunctionBuilder) => f.load(wide)],
  ] as const)('%s is flushed as ever where an item is cancelled', (_, queue) => {
    const on = (f: FunctionBuilder, ...names: readonly Item[]): void => {
      for (const name of names) f.queue_work(queue(f), f.load(items)[name]);
    };
    const cancels =
      (item: Item): Body =>
      (f) => {
        f.cancel_work(f.load(items)[item]);
      };
    // Behind what the flush waits for: it waits no shorter.
    const behind = [
      task(
        'flushes',
        (f) => {
          on(f, 'counts');
          f.flush_workqueue(queue(f));
          is(f, 'both have ended', 2);
        },
        { after: 'running' },
      ),
      task(
        'cancels',
        (f) => {
          on(f, 'locks');
          cancels('locks')(f);
        },
        { after: 'running' },
      ),
      wakes,
    ];
    expect(
      ran([], behind, (f) => {
        on(f, 'waits');
      }),
    ).toMatchObject(clean);
    // Among what it waits for, running or not: it waits no longer.
    for (const item of ['counts', 'locks'] as const) {
      const among = [
        task('flushes', (f) => {
          f.flush_workqueue(queue(f));
        }),
        task('cancels', cancels(item)),
      ];
      expect(
        ran([], among, (f) => {
          on(f, 'counts', 'locks');
        }),
      ).toMatchObject(clean);
    }
  });

  it('is flushed although what came later still runs', () => {
    const tasks = [
      task('flushes', (f) => {
        f.flush_workqueue(f.load(wide));
        f.milestone('flushed');
        f.complete(go);
      }),
      task('queues', (f) => {
        onWide(f, 'waits');
      }),
    ];
    const { failures } = ran([], tasks, (f) => {
      onWide(f, 'counts');
    });
    // Only where it was queued before the flush came does the flush wait for it.
    expect(failures).toEqual([expect.stringContaining('hung-task@')]);
  });
});
