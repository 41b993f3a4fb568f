/** Reports of livelocks and of cycles: the loop, who waits for ever, for whom; with its places or without. */
import { renderReport } from './render-report.js';
import { toWaiting, traceOf } from './trace.fixture.js';

const page = (text: string): string => text.replace(/^\n/, '');

describe('a report of a cycle', () => {
  it('names a livelock that its caller knows of', () => {
    const run = traceOf({
      tasks: ['a'],
      steps: [{ task: 0, text: 'x = 1', calls: ['f'] }],
      verdict: { outcome: 'unfinished' },
    });
    const text = renderReport(run, { signature: 'livelock@f' });
    expect(text).toContain('reaches livelock@f after 1 step');
    expect(text).toContain('watchdog: BUG: soft lockup in f');
  });

  it('of a livelock shows its loop, who waits for ever, and for whom', () => {
    const waiting = toWaiting(
      {
        task: 1,
        text: 'mutex_lock(lock)',
        calls: ['x_open'],
        resource: 'lock',
        isLock: true,
        holders: [0],
      },
      0,
    );
    const outside = toWaiting(
      { task: 2, text: 'wait_external(up)', calls: ['x_work'], resource: 'up', parked: true },
      1,
    );
    const run = traceOf({
      tasks: ['spin', 'open', 'kworker'],
      steps: [{ task: 0, text: 'mutex_lock(lock)', calls: ['f'], locks: ['acquire lock'] }],
      verdict: { outcome: 'unfinished' },
      loop: {
        tasks: [{ task: 0, function: 'f', calls: ['f (drivers/x.c)'], lines: ['test_bit(ready)'] }],
        waiting: [waiting, outside],
      },
    });
    expect(renderReport(run, { signature: 'livelock@f+g' })).toContain(
      page(`
watchdog: BUG: soft lockup in f and g
spin goes round for ever:
  test_bit(ready)
 Call Trace:
  f (drivers/x.c)
task:open state:D
 Call Trace:
  mutex_lock(lock)
  x_open (drivers/x.c)
Showing all locks held in the system:
 1 lock held by spin:
  #0: lock, at: f (drivers/x.c)
Waits for the outside meanwhile:
 kworker in wait_external(up)
Chain of holders:
 open waits for lock, held by spin
Goes on for ever, in:
 f
 g
`),
    );
  });

  it('finds the cycle of functions whose names look like signatures', () => {
    const name = 'operator+(int)';
    const waits = (task: number, resource: string) =>
      ({
        task,
        text: `mutex_lock(${resource})`,
        calls: [name],
        resource,
        isLock: true,
        holders: [1 - task],
      }) as const;
    const run = traceOf({
      tasks: ['a', 'b'],
      steps: [{ task: 0, text: 'x = 1', calls: [name] }],
      waiting: [waits(0, 'm'), waits(1, 'n')],
      failure: `deadlock@${name}(m)+${name}(n)`,
    });
    expect(renderReport(run)).toContain('INFO: task a blocked for more than');
    expect(renderReport(run)).toContain('INFO: task b blocked for more than');
  });

  it('names a cycle without its places when the run does not show them', () => {
    const run = traceOf({
      tasks: ['a'],
      steps: [{ task: 0, text: 'x = 1', calls: ['f'] }],
      reports: ['lock-order@kn->active+rtnl'],
    });
    expect(renderReport(run)).toContain(
      'The cycle of lock classes:\n kn->active -> rtnl -> kn->active',
    );
  });
});
