/** Interrupt lines: when their handlers come, what is waited for, and what the kernel warns of. */
import { Sampler } from '@lastref/exploration';
import {
  device,
  total,
  done,
  spin,
  lock,
  driver,
  counts,
  IRQ,
  THREADED,
  programOf,
  ran,
  clean,
  stays,
  type Body,
} from './irq.fixture.js';

describe.each([IRQ, THREADED])('$name', (kind) => {
  const { field, name } = kind;
  const frees: Body = (f, object) => {
    f.free_irq(object[field]);
    f.kfree(object);
  };

  it('comes as often as it is declared to, from its request on and not before', () => {
    const body: Body = (f, object) => {
      f.check('not yet', total, '==', 0);
      kind.request(f, object);
      f.check('none has come', total, '==', 0);
      f.stay();
    };
    expect(ran(kind, counts, [body], { requested: false }).failures).toEqual([
      'invariant@task_0(none has come)',
    ]);
    const fewer: Body = (f) => {
      f.atomic_inc(total);
      f.check('two at most', total, '!=', 3);
    };
    expect(ran(kind, fewer, [stays])).toMatchObject(clean);
    const once: Body = (f) => {
      f.atomic_inc(total);
      f.check('it comes a second time', total, '!=', 2);
    };
    expect(ran(kind, once, [stays]).failures).toEqual([
      'invariant@handler(it comes a second time)',
    ]);
  });

  it('runs once at a time', () => {
    const alone: Body = (f) => {
      f.check('alone', total, '==', 0);
      f.atomic_inc(total);
      f.atomic_dec(total);
    };
    expect(ran(kind, alone, [stays])).toMatchObject(clean);
  });

  it('is waited for by free_irq, and comes no more after it', () => {
    expect(ran(kind, counts, [frees])).toMatchObject(clean);
    const over: Body = (f) => {
      f.atomic_inc(total);
      f.atomic_dec(total);
    };
    const looks: Body = (f, object) => {
      f.free_irq(object[field]);
      f.check('it does not run', total, '==', 0);
      f.check('nor does it come', total, '==', 0);
    };
    expect(ran(kind, over, [looks])).toMatchObject(clean);
  });

  it('on a dead object is a use-after-free, also when all declared ones have come', () => {
    const drops: Body = (f, object) => {
      f.kfree(object);
    };
    const dead = 'use-after-free@handler(device freed by task_0)';
    expect(ran(kind, counts, [drops]).failures).toContain(dead);
    const late: Body = (f, object) => {
      f.wait_for_completion(done);
      f.wait_for_completion(done);
      f.kfree(object);
    };
    const completes: Body = (f) => {
      f.complete(done);
    };
    expect(ran(kind, completes, [late]).failures).toContain(dead);
  });

  it('in the text of a module that is gone is a fault', () => {
    const unloads: Body = (f) => {
      f.wait_for_completion(done);
      f.wait_for_completion(done);
      f.if(f.module_begin_exit(driver), () => {
        f.module_free(driver);
      });
    };
    const completes: Body = (f) => {
      f.complete(done);
    };
    const modules = [driver];
    const gone = 'module-text-fault@handler(driver)';
    expect(ran(kind, completes, [unloads], { modules }).failures).toEqual([gone]);
    const sampler = new Sampler(programOf(kind, completes, [unloads], { modules }), 'rw/1', {
      interpret: true,
    });
    sampler.run(0, 20);
    expect(sampler.totals().signatures).toMatchObject([{ signature: gone, count: 20 }]);
    const frees_first: Body = (f, object) => {
      f.free_irq(object[field]);
      f.if(f.module_begin_exit(driver), () => {
        f.module_free(driver);
      });
    };
    expect(ran(kind, counts, [frees_first], { modules })).toMatchObject(clean);
  });

  it('does not come while disabled, which nests', () => {
    const body: Body = (f, object) => {
      f.disable_irq(object[field]);
      f.disable_irq_nosync(object[field]);
      f.atomic_set(total, 0);
      f.enable_irq(object[field]);
      f.check('still disabled', total, '==', 0);
      f.enable_irq(object[field]);
      f.check('it comes again', total, '==', 0);
    };
    expect(ran(kind, counts, [body]).failures).toEqual(['invariant@task_0(it comes again)']);
  });

  it('disabled without waiting may still run', () => {
    const busy: Body = (f) => {
      f.atomic_inc(total);
      f.atomic_dec(total);
    };
    const looks =
      (call: 'disable_irq' | 'disable_irq_nosync'): Body =>
      (f, object) => {
        f[call](object[field]);
        f.check('it does not run', total, '==', 0);
      };
    expect(ran(kind, busy, [looks('disable_irq')])).toMatchObject(clean);
    expect(ran(kind, busy, [looks('disable_irq_nosync')]).failures).toEqual([
      'invariant@task_0(it does not run)',
    ]);
  });

  it('that runs is waited for by synchronize_irq, and the next one is not', () => {
    const holds: Body = (f) => {
      f.atomic_inc(total);
      f.atomic_dec(total);
    };
    const waits: Body = (f, object) => {
      f.disable_irq_nosync(object[field]);
      f.synchronize_irq(object[field]);
      f.check('it does not run', total, '==', 0);
    };
    expect(ran(kind, holds, [waits])).toMatchObject(clean);
    const enabled: Body = (f, object) => {
      f.synchronize_irq(object[field]);
      f.check('it does not run', total, '==', 0);
    };
    expect(ran(kind, holds, [enabled]).failures).toEqual(['invariant@task_0(it does not run)']);
  });

  it('enabled too often, or freed twice, is a warning', () => {
    const enables: Body = (f, object) => {
      f.disable_irq(object[field]);
      f.enable_irq(object[field]);
      f.enable_irq(object[field]);
    };
    expect(ran(kind, counts, [enables])).toMatchObject({
      failures: [],
      reports: ['warning@task_0(Unbalanced enable for IRQ)'],
    });
    const twice: Body = (f, object) => {
      f.free_irq(object[field]);
      f.free_irq(object[field]);
    };
    expect(ran(kind, counts, [twice])).toMatchObject({
      failures: [],
      reports: ['warning@task_0(Trying to free already-free IRQ)'],
    });
  });

  it('at rest is disabled once, and its request enables it whatever was before', () => {
    const body: Body = (f, object) => {
      f.disable_irq(object[field]);
      f.enable_irq(object[field]);
      f.enable_irq(object[field]);
      f.disable_irq(object[field]);
      f.disable_irq(object[field]);
      kind.request(f, object);
      f.check('it comes', total, '==', 0);
    };
    expect(ran(kind, counts, [body], { requested: false })).toMatchObject({
      failures: ['invariant@task_0(it comes)'],
      reports: [],
    });
  });

  it('is not given to a second, and after its free to the next', () => {
    const body: Body = (f, object) => {
      const granted =
        field === 'line' ? f.request_irq(object.line) : f.request_threaded_irq(object.thread);
      f.if(granted, () => {
        f.check('it is taken', total, '==', 5);
      });
      f.free_irq(object[field]);
      f.unless(
        field === 'line' ? f.request_irq(object.line) : f.request_threaded_irq(object.thread),
        () => {
          f.check('it is free', total, '==', 5);
        },
      );
      f.free_irq(object[field]);
    };
    const nothing: Body = (f) => {
      f.complete(done);
    };
    expect(ran(kind, nothing, [body])).toMatchObject(clean);
  });

  it('keeps its object reachable while it is requested', () => {
    const forgets: Body = (f) => {
      f.store(device, null);
    };
    expect(ran(kind, counts, [forgets])).toMatchObject(clean);
  });

  it('must not be waited for in atomic context', () => {
    for (const call of ['free_irq', 'disable_irq', 'synchronize_irq'] as const) {
      const body: Body = (f, object) => {
        f.spin_lock(spin);
        f[call](object[field]);
      };
      expect([call, ran(kind, counts, [body]).failures]).toEqual([
        call,
        ['sleep-in-atomic@task_0(spin)'],
      ]);
    }
  });

  it('held up by a lock of who waits for it is a deadlock', () => {
    const spins: Body = (f) => {
      if (name === 'irq') f.spin_lock(spin);
      else f.mutex_lock(lock);
      if (name === 'irq') f.spin_unlock(spin);
      else f.mutex_unlock(lock);
    };
    const waits: Body = (f, object) => {
      if (name === 'irq') f.spin_lock(spin);
      else f.mutex_lock(lock);
      if (name === 'irq') f.synchronize_hardirq(object.line);
      else f.disable_irq(object.thread);
      if (name === 'irq') f.spin_unlock(spin);
      else f.mutex_unlock(lock);
    };
    const which = name === 'irq' ? 'spin' : 'lock';
    expect(ran(kind, spins, [waits]).failures).toEqual([
      `deadlock@handler(${which})+task_0((${name})handler)`,
    ]);
  });
});
