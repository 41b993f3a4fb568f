/** Interrupt lines: what a handler may do, what it may not wait for, and lines that are requested beside a free or gone. */
import {
  total,
  lock,
  asked,
  counts,
  IRQ,
  THREADED,
  ran,
  clean,
  stays,
  type Body,
} from './irq.fixture.js';

it('a handler must not sleep, its thread may', () => {
  const sleeps: Body = (f) => {
    f.mutex_lock(lock);
    f.mutex_unlock(lock);
  };
  expect(ran(IRQ, sleeps, [stays]).failures).toEqual(['sleep-in-atomic@handler((irq)handler)']);
  expect(ran(THREADED, sleeps, [stays])).toMatchObject(clean);
});

describe('a handler that waits for itself', () => {
  it.each(['free_irq', 'disable_irq', 'synchronize_irq'] as const)(
    'by %s sleeps in atomic context, and in a thread is a deadlock',
    (call) => {
      const self =
        (field: 'line' | 'thread'): Body =>
        (f, owner) => {
          f[call](owner[field]);
        };
      const reports =
        call === 'free_irq' ? ['warning@handler(Trying to free IRQ from IRQ context)'] : [];
      expect(ran(IRQ, self('line'), [stays])).toMatchObject({
        failures: ['sleep-in-atomic@handler((irq)handler)'],
        reports,
      });
      expect(ran(THREADED, self('thread'), [stays])).toMatchObject({
        failures: ['deadlock@handler((threaded_irq)handler)'],
        reports: [],
      });
    },
  );

  it('by synchronize_hardirq is a deadlock', () => {
    const self: Body = (f, owner) => {
      f.synchronize_hardirq(owner.line);
    };
    expect(ran(IRQ, self, [stays]).failures).toEqual(['deadlock@handler((irq)handler)']);
  });

  it('by disable_irq_nosync is none: it comes no more', () => {
    const self: Body = (f, owner) => {
      f.disable_irq_nosync(owner.line);
      f.atomic_inc(total);
      f.check('it has come once', total, '==', 1);
    };
    expect(ran(IRQ, self, [stays])).toMatchObject(clean);
  });
});

it('a request waits for a free under way, so that no two handlers are there', () => {
  const old: Body = (f) => {
    f.unless(f.test_bit(asked), () => {
      f.atomic_inc(total);
      f.atomic_dec(total);
    });
  };
  const frees: Body = (f, object) => {
    f.free_irq(object.line);
  };
  const requests: Body = (f, object) => {
    f.set_bit(asked);
    f.if(f.request_irq(object.line), () => {
      f.check('the old handler has ended', total, '==', 0);
    });
  };
  expect(ran(IRQ, old, [frees, requests])).toMatchObject(clean);
});

it('calls on a line of a dead object are use-after-free', () => {
  for (const call of ['free_irq', 'enable_irq', 'synchronize_irq', 'disable_irq'] as const) {
    const body: Body = (f, object) => {
      f.kfree(object);
      f[call](object.line);
    };
    expect([call, ran(IRQ, counts, [body], { requested: false }).failures]).toEqual([
      call,
      ['use-after-free@task_0(device freed by task_0)'],
    ]);
  }
});
