/** Single items: what cancelling and disabling one takes back and keeps out, and when an item waits for itself. */
import { fn, task } from '@lastref/authoring';
import { alone, clean, go, is, items, lock, ran, result, wakes, wq } from './items.fixture.js';

describe('cancel_work', () => {
  it('takes a pending item back and says so; one that is not it leaves', () => {
    const blocked = ran(
      ['waits'],
      [
        task(
          'cancels',
          (f) => {
            const object = f.load(items);
            f.queue_work(f.load(wq), object.counts);
            f.store(result, f.cancel_work(object.counts));
            f.check('it was pending', result, '==', 1);
            f.store(result, f.cancel_work(object.counts));
            f.check('it is not any more', result, '==', 0);
            f.complete(go);
            f.flush_workqueue(f.load(wq));
            is(f, 'only the other ran', 1);
          },
          { after: 'running' },
        ),
      ],
    );
    expect(blocked).toMatchObject(clean);
  });

  it('lets a flush pass that waits for the item taken back', () => {
    const tasks = [
      task('flushes', (f) => {
        f.flush_workqueue(f.load(wq));
        f.complete(go);
      }),
      task(
        'cancels',
        (f) => {
          f.ignore(f.try_queue_work(f.load(wq), f.load(items).counts));
          f.cancel_work(f.load(items).counts);
          f.complete(go);
        },
        { after: 'running' },
      ),
    ];
    expect(ran(['waits'], tasks)).toMatchObject(clean);
  });

  it('does not wait for the run', () => {
    const tasks = [
      task(
        'cancels',
        (f) => {
          f.cancel_work(f.load(items).waits);
          f.complete(go);
        },
        { after: 'running' },
      ),
    ];
    expect(ran(['waits'], tasks)).toMatchObject(clean);
  });
});

describe.each(['cancel_work_sync', 'disable_work_sync'] as const)('%s', (call) => {
  it('waits for the run, and says whether the item was pending beside it', () => {
    const tasks = [
      task(
        'cancels',
        (f) => {
          const object = f.load(items);
          const queue = f.load(wq);
          f.queue_work(queue, object.waits);
          f.milestone('arrived');
          f.store(result, f[call](object.waits));
          f.check('it was pending again', result, '==', 1);
          is(f, 'one run has ended', 1);
        },
        { after: 'running' },
      ),
      wakes,
    ];
    const order = [['arrived', 'woken']] as const;
    expect(ran(['waits'], tasks, undefined, order)).toMatchObject(clean);
  });

  it('keeps the item from being queued while it waits: one that queues itself does not run on', () => {
    const tasks = alone((f) => {
      const object = f.load(items);
      f[call](object.again);
      f.destroy_workqueue(f.load(wq));
      f.kfree(object);
    });
    const { failures, complete } = ran(['again'], tasks);
    // Nothing of it is left: neither a run of a dead object nor a pending item.
    expect([failures.filter((each) => !each.startsWith('leak')), complete]).toEqual([[], true]);
  });

  it('orders the class of the item under the locks held over it', () => {
    const tasks = alone((f) => {
      f.mutex_lock(lock);
      f[call](f.load(items).locks);
      f.mutex_unlock(lock);
    });
    const { failures, reports } = ran(['locks'], tasks);
    expect(reports).toEqual(['lock-order@(work)locks+lock']);
    expect(failures).toEqual([`deadlock@1((work)locks)+locks(lock)`]);
  });
});

describe('an item that waits for itself', () => {
  it.each([
    ['cancels', 'deadlock@cancels((work)cancels)'],
    ['flushes', 'deadlock@flushes((work)flushes)'],
  ] as const)('%s is a deadlock of length one', (name, failure) => {
    const { failures, reports } = ran(
      [name],
      alone((f) => {
        f.stay();
      }),
    );
    expect(failures).toEqual([failure]);
    expect(reports).toEqual([`recursive-lock@(work)${name}`]);
  });
});

describe('disable_work', () => {
  it('keeps the item from being queued, as often as it was called', () => {
    const tasks = alone((f) => {
      const object = f.load(items);
      const queue = f.load(wq);
      f.disable_work(object.counts);
      f.disable_work(object.counts);
      f.if(f.try_queue_work(queue, object.counts), () => {
        f.check('it is queued although disabled', result, '==', 1);
      });
      f.if(f.enable_work(object.counts), () => {
        f.check('it is enabled too early', result, '==', 1);
      });
      f.queue_work(queue, object.counts);
      f.unless(f.enable_work(object.counts), () => {
        f.check('it is not enabled', result, '==', 1);
      });
      f.flush_workqueue(queue);
      is(f, 'it did not run', 0);
      f.unless(f.try_queue_work(queue, object.counts), () => {
        f.check('it is not queued although enabled', result, '==', 1);
      });
      f.flush_workqueue(queue);
      is(f, 'it ran', 1);
    });
    expect(ran([], tasks)).toMatchObject(clean);
  });

  it('too often enabled is a warning', () => {
    const enables = fn('enables', 'a.c', (f) => {
      f.ignore(f.enable_work(f.load(items).counts));
    });
    const tasks = alone((f) => {
      f.call(enables);
    });
    expect(ran([], tasks).reports).toEqual(['warning@enables(work is not disabled)']);
  });
});
