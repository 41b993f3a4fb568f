import type { Kind } from '@lastref/kernel';
import { renderReport } from './render-report.js';
import { report } from './report.js';
import { abba, traceOf, useAfterFree } from './trace.fixture.js';

const TITLES: Record<Exclude<Kind, 'deadlock' | 'hung-task'>, string> = {
  'bad-removal': "kernfs: can not remove a name from 'thing', no such entry",
  'bad-unlock': 'WARNING: bad unlock balance detected!',
  'busy-pool': 'dma_pool_destroy: thing busy in f',
  'data-race': 'BUG: KCSAN: data-race in f',
  'double-free': 'BUG: KASAN: double-free in f',
  'duplicate-name': "sysfs: cannot create duplicate filename in 'thing'",
  'held-lock-freed': 'WARNING: held lock freed!',
  'illegal-synchronize':
    'Illegal synchronize_srcu() in same-type SRCU (or in RCU) read-side critical section',
  invariant: 'kernel BUG: an invariant does not hold in f',
  warning: 'WARNING in f: thing',
  leak: 'kmemleak: unreferenced object thing',
  'list-corruption': 'list corruption in f',
  livelock: 'watchdog: BUG: soft lockup in f',
  'lock-order': 'WARNING: possible circular locking dependency detected',
  'module-text-fault': 'BUG: unable to handle page fault for address in f [thing]',
  'null-deref': 'BUG: kernel NULL pointer dereference in f, through thing',
  'recursive-lock': 'WARNING: possible recursive locking detected',
  'refcount-inc-from-zero': 'refcount_t: addition on 0; use-after-free.',
  'refcount-saturated': 'refcount_t: saturated; leaking memory.',
  'refcount-underflow': 'refcount_t: underflow; use-after-free.',
  'sleep-in-atomic': 'BUG: sleeping function called from invalid context in f',
  'suspicious-rcu': 'WARNING: suspicious RCU usage',
  'use-after-free': 'BUG: KASAN: slab-use-after-free in f',
};

const page = (text: string): string => text.replace(/^\n/, '');

describe('a report', () => {
  it('of a use after free tells access, call trace, who allocated and who freed', () => {
    expect(renderReport(useAfterFree)).toBe(
      page(`
x/buggy/main: failed after 4 steps: use-after-free@x_read(dev freed by x_free)

==================================================================
BUG: KASAN: slab-use-after-free in x_read
Read at dev.0 by task read, step 4:
 state = d->state
Call Trace:
 x_read (drivers/x.c)
Allocated by task remove, step 1:
 dev = kzalloc(dev)
 x_probe (drivers/x.c)
Freed by task remove, step 3:
 kfree(dev)
 x_free (drivers/x.c)
 x_remove (drivers/x.c)
==================================================================
`),
    );
  });

  it('of a deadlock tells each blocked task, the locks held, the chain, and what lockdep says', () => {
    expect(renderReport(abba)).toBe(
      page(`
x/buggy/main: failed after 2 steps: deadlock@x_del(dev.lock)+x_get(index_lock)

INFO: task remove blocked for more than 120 seconds.
task:remove state:D
 Call Trace:
  mutex_lock(dev->lock)
  x_del (drivers/x.c)
  x_remove (drivers/x.c)
INFO: task open blocked for more than 120 seconds.
task:open state:D
 Call Trace:
  mutex_lock(index_lock)
  x_get (drivers/x.c)
  x_open (drivers/x.c)
Showing all locks held in the system:
 1 lock held by remove:
  #0: index_lock, at: x_remove (drivers/x.c)
 1 lock held by open:
  #0: dev.lock, at: x_open (drivers/x.c)
Chain of holders:
 remove waits for dev.lock, held by open
 open waits for index_lock, held by remove

======================================================
WARNING: possible circular locking dependency detected
open is trying to acquire lock:
 index_lock, at: x_get (drivers/x.c)
but task is already holding lock:
 dev.lock, at: x_open (drivers/x.c)
which lock already depends on the new lock.
the existing dependency chain (in reverse order) is:
 -> #1 (index_lock), taken with dev.lock held by open:
      x_get (drivers/x.c)
      x_open (drivers/x.c)
    dev.lock was taken at:
      x_open (drivers/x.c)
 -> #0 (dev.lock), taken with index_lock held by remove:
      x_del (drivers/x.c)
      x_remove (drivers/x.c)
    index_lock was taken at:
      x_remove (drivers/x.c)
Possible unsafe locking scenario:

   CPU0                 CPU1
   ----                 ----
   lock(dev.lock);
                        lock(index_lock);
                        lock(dev.lock);
   lock(index_lock);

  *** DEADLOCK ***
======================================================
`),
    );
  });

  it('of a freed lock tells which one, who holds it, and since when', () => {
    const freed = traceOf({
      tasks: ['remove', 'read'],
      steps: [
        {
          task: 1,
          text: 'spin_lock(pool->lock)',
          calls: ['x_alloc', 'x_read'],
          locks: ['acquire pool.lock pool.1.lock'],
        },
        {
          task: 0,
          text: 'mutex_lock(pools_lock)',
          calls: ['x_destroy'],
          locks: ['acquire pools_lock'],
        },
        { task: 0, text: 'kfree(pool)', calls: ['x_destroy'] },
      ],
      failure: 'held-lock-freed@x_destroy(pool freed by x_destroy)',
      culprit: { object: 'pool.1', type: 'pool', loads: [] },
    });
    const text = renderReport(freed);
    expect(text).toContain(
      page(`
WARNING: held lock freed!
Write at pool.1 by task remove, step 3:
 kfree(pool)
Call Trace:
 x_destroy (drivers/x.c)
pool.lock is held by task read, since step 1:
 spin_lock(pool->lock)
 x_alloc (drivers/x.c)
 x_read (drivers/x.c)
Allocated before the run began.
`),
    );
    expect(text).not.toContain('Freed before');
    expect(text).not.toContain('pools_lock is held');
  });

  it('of a lock order through a workqueue and an active reference has its chain', () => {
    const run = traceOf({
      tasks: ['remove', 'kworker', 'show'],
      steps: [
        {
          task: 1,
          text: 'process_one_work()',
          calls: ['x_work'],
          locks: ['acquire (wq)x_wq', 'acquire (work)x_work'],
        },
        { task: 1, text: 'mutex_lock(lock)', calls: ['x_work'], locks: ['acquire lock'] },
        { task: 1, text: 'mutex_unlock(lock)', calls: ['x_work'], locks: ['release lock'] },
        {
          task: 1,
          text: 'work_done()',
          calls: [],
          locks: ['release (wq)x_wq', 'release (work)x_work'],
        },
        { task: 0, text: 'mutex_lock(lock)', calls: ['x_remove'], locks: ['acquire lock'] },
        {
          task: 0,
          text: 'flush_workqueue(wq)',
          calls: ['x_flush', 'x_remove'],
          locks: ['acquire (wq)x_wq', 'release (wq)x_wq'],
        },
      ],
      reports: ['lock-order@(wq)x_wq+lock'],
    });
    const text = renderReport(run);
    expect(text).toContain('-> #1 ((wq)x_wq), taken with lock held by remove:');
    expect(text).toContain('-> #0 (lock), taken with (wq)x_wq held by kworker:');
    expect(text).not.toContain('The cycle of lock classes');
  });

  it('of what was only tried for makes no chain', () => {
    const run = traceOf({
      tasks: ['a'],
      steps: [
        { task: 0, text: 'mutex_lock(x)', calls: ['f'], locks: ['acquire x'] },
        { task: 0, text: 'mutex_trylock(y)', calls: ['f'], locks: ['try y'] },
        { task: 0, text: 'mutex_lock(x)', calls: ['f'], locks: ['acquire x'] },
      ],
      reports: ['lock-order@x+y'],
    });
    expect(renderReport(run)).toContain('The cycle of lock classes:\n x -> y -> x');
  });

  it('of a lock taken twice names both places', () => {
    const twice = traceOf({
      tasks: ['close'],
      steps: [
        {
          task: 0,
          text: 'mutex_lock(d->lock)',
          calls: ['x_close'],
          locks: ['acquire dev.lock dev.1.lock'],
        },
      ],
      waiting: [
        {
          task: 0,
          text: 'mutex_lock(d->lock)',
          calls: ['x_del', 'x_close'],
          resource: 'dev.lock',
          isLock: true,
          holders: [0],
        },
      ],
      failure: 'deadlock@x_del(dev.lock)',
      reports: ['recursive-lock@dev.lock'],
    });
    const text = renderReport(twice);
    expect(text).toContain('close waits for dev.lock, held by itself');
    expect(text).toContain(
      page(`
WARNING: possible recursive locking detected
close is trying to acquire lock:
 dev.lock, at: x_del (drivers/x.c)
but task is already holding lock:
 dev.lock, at: x_close (drivers/x.c)
`),
    );
  });

  it('of a hang tells who is parked and leaves them out', () => {
    const hung = traceOf({
      tasks: ['connect', 'open'],
      steps: [{ task: 0, text: 'mutex_unlock(m)', calls: ['x_connect'] }],
      waiting: [
        { task: 1, text: 'stay()', calls: [], resource: 'stay', parked: true },
        {
          task: 0,
          text: 'wait_for_completion(c->done)',
          calls: ['x_connect'],
          resource: 'c.done',
        },
      ],
      failure: 'hung-task@x_connect(c.done)',
    });
    const text = renderReport(hung);
    expect(text).toContain('INFO: task connect blocked for more than 120 seconds.');
    expect(text).not.toContain('INFO: task open');
    expect(text).toContain('Parked, not hung:\n open in stay()');
    expect(text).toContain('connect waits for c.done, which nobody is left to give');
  });

  it('says how a run without failure ended', () => {
    const steps = [{ task: 0, text: 'x = 1', calls: ['f'] }];
    const clean = traceOf({ tasks: ['a'], steps });
    expect(renderReport(clean)).toBe('x/buggy/main: clean after 1 step\n');
    const cut = traceOf({ tasks: ['a'], steps, verdict: { outcome: 'cut' } });
    expect(renderReport(cut)).toBe('x/buggy/main: cut after 1 step: neither clean nor failed\n');
  });

  it('knows who holds a semaphore, and who has let it go', () => {
    const run = traceOf({
      tasks: ['a', 'b'],
      steps: [
        { task: 0, text: 'down_read(sem)', calls: ['f'], locks: ['acquire sem'] },
        { task: 1, text: 'down_read(sem)', calls: ['g'], locks: ['acquire sem'] },
        { task: 0, text: 'up_read(sem)', calls: ['f'], locks: ['release sem'] },
      ],
      waiting: [
        {
          task: 0,
          text: 'down_write(sem)',
          calls: ['f'],
          resource: 'sem',
          isLock: true,
          holders: [1],
        },
        { task: 1, text: 'wait_for_completion(c)', calls: ['g'], resource: 'c', holders: [0] },
      ],
      failure: 'deadlock@f(sem)+g(c)',
    });
    expect(renderReport(run)).toContain(
      'Showing all locks held in the system:\n 1 lock held by b:\n  #0: sem, at: g (drivers/x.c)\n',
    );
  });

  it('of an oops in an interrupt ends with the panic, and not that of anything else', () => {
    const steps = [{ task: 0, text: 'x = p->x', calls: ['f'] }];
    const ran = (failure: string): string =>
      renderReport(traceOf({ tasks: ['irq'], steps, failure, inInterrupt: true }));
    const panic = 'Kernel panic - not syncing: Fatal exception in interrupt\n';
    for (const oops of ['null-deref@f(p.x)', 'module-text-fault@f(x)', 'invariant@f(x)'])
      expect(ran(oops).endsWith(panic)).toBe(true);
    expect(ran('use-after-free@f(p)')).not.toContain('panic');
    expect(renderReport(traceOf({ tasks: ['a'], steps, failure: 'invariant@f(x)' }))).not.toContain(
      'panic',
    );
  });

  it.each(Object.entries(TITLES))('of kind %s has the title of the kernel', (kind, title) => {
    const run = traceOf({
      tasks: ['a'],
      steps: [{ task: 0, text: 'x = 1', calls: ['f'] }],
      failure: `${kind}@f(thing)`,
    });
    expect(report(run).splats.map((splat) => splat.title)).toEqual([title]);
    expect(renderReport(run)).toContain(title);
  });
});
