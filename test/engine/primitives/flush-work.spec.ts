/** flush_work: the runs that were ahead at its arrival, and no others. */
import { task } from '@lastref/authoring';
import { clean, go, is, items, queued, ran, total, wakes, wq } from './items.fixture.js';

describe('flush_work', () => {
  it('waits for the pending run, and for the one before it', () => {
    const tasks = [
      task(
        'flushes',
        (f) => {
          const object = f.load(items);
          f.queue_work(f.load(wq), object.waits);
          f.complete(go);
          f.flush_work(object.waits);
          is(f, 'both runs have ended', 2);
        },
        { after: 'running' },
      ),
      wakes,
    ];
    expect(ran(['waits'], tasks)).toMatchObject(clean);
  });

  it('does not wait for what is queued behind its arrival, nor for other items', () => {
    const tasks = [
      task('flushes', (f) => {
        f.flush_work(f.load(items).counts);
        f.check('it has run', total, '!=', 0);
        f.complete(go);
      }),
      task('queues', (f) => {
        queued(f, 'waits');
      }),
    ];
    expect(ran(['counts'], tasks)).toMatchObject(clean);
  });

  it('counts the runs of its item, not those of another before it', () => {
    const tasks = [
      task('flushes', (f) => {
        f.flush_work(f.load(items).counts);
        is(f, 'it has run', 1);
      }),
    ];
    expect(ran(['locks', 'counts'], tasks)).toMatchObject(clean);
  });

  it('goes on waiting for the run under way where one behind it is taken back', () => {
    const tasks = [
      task(
        'flushes',
        (f) => {
          f.flush_work(f.load(items).waits);
          f.check('a run has ended', total, '!=', 0);
        },
        { after: 'running' },
      ),
      task(
        'cancels',
        (f) => {
          queued(f, 'waits');
          f.cancel_work(f.load(items).waits);
        },
        { after: 'running' },
      ),
      task('wakes', (f) => {
        for (let times = 0; times < 2; times++) f.complete(go);
      }),
    ];
    expect(ran(['waits'], tasks)).toMatchObject(clean);
  });

  it('passes where the run it waits for is taken back', () => {
    const tasks = [
      task(
        'flushes',
        (f) => {
          const object = f.load(items);
          f.queue_work(f.load(wq), object.counts);
          f.milestone('queued');
          f.flush_work(object.counts);
          f.complete(go);
        },
        { after: 'running' },
      ),
      task(
        'cancels',
        (f) => {
          f.cancel_work(f.load(items).counts);
        },
        { after: 'queued' },
      ),
    ];
    expect(ran(['waits'], tasks)).toMatchObject(clean);
  });
});
