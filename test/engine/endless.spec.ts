/** Runs that never end: livelocks and pollers, in search, in sampling, and after a run was cut. */
import {
  completion,
  fn,
  flag,
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
import {
  boundText,
  countsOf,
  examineCut,
  exactProbabilities,
  failureBound,
  prove,
  replay,
  Sampler,
  withLoop,
  type BatchTotals,
} from '@lastref/exploration';
import { type Program } from '@lastref/kernel';
import { renderReport } from '@lastref/reporting';
import { shrink } from '@lastref/shrinking';
import { tiny, type TinyCase } from './support/tiny.js';

const FILE = 'poll.c';

class Wq extends Workqueue {
  static override readonly tag = 'poll_wq';
}
class Dev extends Struct {
  static override readonly tag = 'dev';
  wq = ptr(() => Wq);
  poll = work();
  stop = flag();
}
const { dev, lock, ready, done } = statics({
  dev: ptr(() => Dev),
  lock: mutex(),
  ready: flag(),
  done: completion(),
});

const poll = fn('poll_fn', FILE, (f, d: Ref<typeof Dev>) => {
  f.unless(f.test_bit(d.stop), () => {
    f.queue_work(f.load(d.wq), d.poll);
  });
});
const spin = fn('spin_fn', FILE, (f, d: Ref<typeof Dev>) => {
  f.while(
    () => f.not(f.test_bit(d.stop)),
    () => undefined,
  );
});
const given = (f: FunctionBuilder): void => {
  const d = f.kzalloc(Dev);
  f.store(d.wq, f.alloc_workqueue(Wq));
  f.store(dev, d);
  f.queue_work(f.load(d.wq), d.poll);
};
const named = (name: string, body: (f: FunctionBuilder) => void) =>
  task(name, (f) => {
    f.call(fn(`${name}_fn`, FILE, body));
  });

const polling = (tasks: TinyCase['tasks'], rest: Partial<TinyCase> = {}): Program =>
  tiny({ given, tasks, works: [[Dev, 'poll', poll]], maxSteps: 200, ...rest });

const reader = named('reader', (f) => {
  f.load(dev);
});
const idle = polling([reader]);
const waiter = named('waiter', (f) => {
  f.wait_for_completion(done);
});
const hanging = polling([reader, waiter]);

/** One spins with the lock until the other, which needs the lock, lets it go on. */
const spinning = tiny({
  tasks: [
    named('holder', (f) => {
      f.mutex_lock(lock);
      f.while(
        () => f.not(f.test_bit(ready)),
        () => undefined,
      );
      f.mutex_unlock(lock);
    }),
    named('helper', (f) => {
      f.mutex_lock(lock);
      f.set_bit(ready);
      f.mutex_unlock(lock);
    }),
  ],
  maxSteps: 100,
});

const sampled = (program: Program, count: number, interpret = false): BatchTotals => {
  const sampler = new Sampler(program, 'rw/1', { interpret });
  sampler.run(0, count);
  return sampler.totals();
};

const meansOf = (program: Program, maxStates = 10_000) => {
  const runs = sampled(program, 20).cutSeeds.map((seed) => ({ strategy: 'rw/1', seed }));
  return examineCut(program, runs, maxStates);
};

describe('a work item that queues itself', () => {
  it('beside nothing that waits is a poller: no failure, in any way of asking', () => {
    for (const options of [{}, { symmetry: true }, { reduce: true }])
      expect(prove(idle, options)).toMatchObject({
        complete: true,
        failures: [],
        pollers: ['poll_fn'],
      });
    expect(exactProbabilities(idle)).toMatchObject({ ok: true, failing: 0, bySignature: [] });
    expect(new Set(meansOf(idle).map(({ means }) => means))).toEqual(new Set(['poller']));
  });

  it('that can be stopped is none', () => {
    const remove = named('remove', (f) => {
      const d = f.load(dev);
      f.set_bit(d.stop);
      f.destroy_workqueue(f.load(d.wq));
      f.store(dev, null);
      f.kfree(d);
    });
    expect(prove(polling([remove]))).toMatchObject({ failures: [], pollers: [] });
  });

  it('beside a task that waits for ever is a livelock, named by the item', () => {
    expect(prove(hanging)).toMatchObject({ failures: ['livelock@poll_fn'], pollers: [] });
    expect(exactProbabilities(hanging)).toMatchObject({ failing: 1 });
    expect(meansOf(hanging)[0]).toMatchObject({
      means: 'livelock',
      signatures: ['livelock@poll_fn'],
    });
  });

  it('beside a task that the order keeps back, or a timeout that cannot pass, leaves the case', () => {
    const never = named('never', (f) => {
      f.if(f.test_bit(ready), () => {
        f.milestone('a');
        f.load(dev);
      });
    });
    const second = named('second', (f) => {
      f.milestone('b');
      f.load(dev);
    });
    const barred = polling([never, second], { order: [['a', 'b']] });
    const timed = polling([
      named('timed', (f) => {
        f.if(f.wait_for_completion_timeout(done), () => undefined);
      }),
    ]);
    for (const program of [barred, timed]) {
      const found = prove(program);
      expect(found).toMatchObject({ failures: [], pollers: [] });
      expect(found.ends.outside).toBeGreaterThan(0);
      expect(meansOf(program)[0]).toMatchObject({ means: 'outside', signatures: [] });
    }
  });

  it('and never ends its own turn is a livelock', () => {
    const program = tiny({ given, tasks: [reader], works: [[Dev, 'poll', spin]] });
    expect(prove(program)).toMatchObject({ failures: ['livelock@spin_fn'], pollers: [] });
  });
});

describe('a run that was cut', () => {
  it('is neither clean nor failed, and in no bound', () => {
    const counts = countsOf(sampled(idle, 50));
    expect(counts).toEqual({ schedules: 50, failed: 0, clean: 0, outside: 0, cut: 50 });
    expect(failureBound(counts)).toBe(1);
    expect(boundText(idle, 'rw/1', counts)).toBe(
      'no run of rw/1 ended: nothing is known of how many fail',
    );
  });

  it('is listed by its seed, the same by walking and by interpreting', () => {
    const walked = sampled(spinning, 300);
    expect(walked.cut).toBeGreaterThan(10);
    expect(walked.cutSeeds).toHaveLength(10);
    expect(sampled(spinning, 300, true)).toEqual(walked);
    for (const seed of walked.cutSeeds)
      expect(replay(spinning, { strategy: 'rw/1', seed })).toMatchObject({
        trace: { verdict: { outcome: 'cut' } },
      });
  });

  it('that can still end is only long', () => {
    const long = { ...spinning, maxSteps: 2 };
    const means = new Set(meansOf(long).map((run) => run.means));
    expect(means).toContain('long');
    const [first] = meansOf({ ...idle, maxSteps: 1 });
    expect(first).toMatchObject({ means: 'poller' });
    const ends = meansOf({
      ...tiny({
        tasks: [
          reader,
          named('other', (f) => {
            f.load(dev);
            f.load(dev);
          }),
        ],
      }),
      maxSteps: 1,
    });
    expect(ends[0]).toMatchObject({ means: 'long', signatures: [], steps: 2 });
  });

  it('may come to failures that the search behind it finds', () => {
    const long = { ...spinning, maxSteps: 1 };
    expect(meansOf(long).flatMap(({ signatures }) => signatures)).toContain('livelock@holder_fn');
  });

  it('is not seen through where the budget ends first', () => {
    expect(meansOf(hanging, 1)[0]).toMatchObject({ means: 'unknown', signatures: [] });
  });

  it('that was not cut is left out', () => {
    const program = tiny({ tasks: [reader] });
    expect(examineCut(program, [{ strategy: 'rw/1', seed: 0 }], 100)).toEqual([]);
  });
});

describe('the report of a livelock', () => {
  it('shows the frames of the loop, who waits for what for ever, and who holds it', () => {
    const signature = 'livelock@holder_fn';
    const result = shrink(spinning, signature);
    if (!result.ok) throw new Error(result.message);
    const text = renderReport(result.trace, { signature });
    expect(text).toContain('watchdog: BUG: soft lockup in holder_fn');
    expect(text).toContain(
      'holder goes round for ever:\n  test_bit(ready)\n Call Trace:\n  holder_fn (poll.c)\n',
    );
    expect(text).toContain('1 lock held by holder:\n  #0: lock, at: holder_fn (poll.c)');
  });

  it('names who waits, whether or not it has come to its wait', () => {
    const signature = 'livelock@poll_fn';
    const result = shrink(hanging, signature);
    if (!result.ok) throw new Error(result.message);
    expect(result.trace.loop).toMatchObject({
      tasks: [{ function: 'poll_fn', calls: ['poll_fn (poll.c)'] }],
      waiting: [
        { text: 'wait_for_completion(done)', resource: 'done', holders: [], parked: false },
      ],
    });
    const text = renderReport(result.trace, { signature });
    expect(text).toContain('soft lockup in poll_fn');
    expect(text).toContain('waiter waits for done, which nobody is left to give');
  });

  it('tells no loop where the schedule has not come to one', () => {
    const run = replay(spinning, { schedule: '1' });
    if (!run.ok) throw new Error(run.message);
    expect(withLoop(spinning, run.trace, 1_000)).toBe(run.trace);
  });
});
