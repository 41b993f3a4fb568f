import {
  flag,
  KernelModule,
  fn,
  mutex,
  ptr,
  srcu,
  statics,
  Struct,
  type FunctionBuilder,
  type Ref,
} from '@lastref/authoring';
import { kernel } from '@lastref/scenarios';
import { proveTiny, type TinyCase } from '../support/tiny.js';
import { named, type Body } from './named.js';

class Ops extends Struct {
  static override readonly tag = 'ops';
  static override readonly count = 2;
  used = flag();
  rcu = kernel.rcu_head();
}
const { ops, rcu, domain, lock, freed, second } = statics({
  ops: ptr(() => Ops),
  second: ptr(() => Ops),
  rcu: ptr(() => kernel.RcuCallbacks),
  domain: srcu(),
  lock: mutex(),
  freed: flag(),
});

type Object = Ref<typeof Ops>;

const free_ops = fn('free_ops', 'driver.c', (f, object: Object) => {
  f.kfree(object);
  f.set_bit(freed);
});
const FREES = kernel.rcu_callback(free_ops);

const run = (
  bodies: Readonly<Record<string, Body>>,
  callback = FREES,
  more: Partial<TinyCase> = {},
) =>
  proveTiny({
    works: [[Ops, 'rcu', callback]],
    given: (f) => {
      kernel.rcu_init(f, rcu);
      f.init_srcu_struct(domain);
      f.store(ops, f.kzalloc(Ops));
      f.store(second, f.kzalloc(Ops));
    },
    tasks: named(bodies),
    ...more,
  });

const uses = (f: FunctionBuilder, found: Object): void => {
  f.if(found, () => {
    f.set_bit(found.used);
    f.set_bit(found.used);
  });
};
const reader: Body = (f) => {
  f.rcu_read_lock();
  uses(f, f.rcu_dereference(ops));
  f.rcu_read_unlock();
};
const retract = (f: FunctionBuilder, place = ops): Object => {
  const old = f.load(place);
  f.rcu_assign_pointer(place, null);
  return old;
};
const calls: Body = (f) => {
  kernel.call_rcu(f, rcu, retract(f).rcu);
};

describe('call_rcu', () => {
  it('runs its callback behind the readers that may have the object', () => {
    expect(run({ reader, again: reader, calls })).toMatchObject({ failures: [], reports: [] });
  });

  it('is too early while the object can still be found', () => {
    const early: Body = (f) => {
      const old = f.load(ops);
      kernel.call_rcu(f, rcu, old.rcu);
      f.rcu_assign_pointer(ops, null);
    };
    expect(run({ reader, early }).failures).toEqual([
      'use-after-free@reader(ops freed by free_ops)',
    ]);
  });

  it('does not wait for readers that come later', () => {
    const later: Body = (f) => {
      calls(f);
      f.rcu_read_lock();
      f.unless(f.test_bit(freed), () => {
        f.if(f.test_bit(freed), () => {
          f.milestone('freed beside a later reader');
          f.clear_bit(freed);
        });
      });
      f.rcu_read_unlock();
    };
    expect(run({ later }, FREES, { reaches: ['freed beside a later reader'] }).missed).toEqual([]);
  });

  it('runs a callback that sleeps: sleep-in-atomic', () => {
    const sleeps = fn('sleeps', 'driver.c', (f, object: Object) => {
      f.mutex_lock(lock);
      f.mutex_unlock(lock);
      f.kfree(object);
    });
    expect(run({ calls }, kernel.rcu_callback(sleeps)).failures).toEqual([
      'sleep-in-atomic@sleeps(rcu_read_lock)',
    ]);
  });

  it('leaves the order of two callbacks open', () => {
    const both: Body = (f) => {
      kernel.call_rcu(f, rcu, retract(f).rcu);
      kernel.call_rcu(f, rcu, retract(f, second).rcu);
    };
    expect(run({ both, reader })).toMatchObject({ failures: [], reports: [] });
  });
});

it('kfree_rcu frees behind a grace period', () => {
  const frees: Body = (f) => {
    kernel.kfree_rcu(f, rcu, retract(f).rcu);
  };
  expect(run({ reader, frees }, kernel.kfree_rcu_callback())).toMatchObject({
    failures: [],
    reports: [],
  });
});

it('call_srcu waits for the readers of its domain, and not for those of RCU', () => {
  const callback = kernel.srcu_callback<typeof Ops>(() => domain, free_ops);
  const sleeper: Body = (f) => {
    const idx = f.srcu_read_lock(domain);
    uses(f, f.srcu_dereference(ops, domain));
    f.srcu_read_unlock(domain, idx);
  };
  const queues: Body = (f) => {
    kernel.call_srcu(f, rcu, retract(f).rcu);
  };
  expect(run({ sleeper, queues }, callback)).toMatchObject({ failures: [], reports: [] });
  expect(run({ reader, queues }, callback).failures).toEqual([
    'use-after-free@reader(ops freed by free_ops)',
  ]);
});

describe('rcu_barrier', () => {
  it('waits for the callbacks under way', () => {
    const waits: Body = (f) => {
      calls(f);
      kernel.rcu_barrier(f, rcu);
      f.check('the callback has run', freed, '==', 1);
    };
    expect(run({ waits, reader })).toMatchObject({ failures: [], reports: [] });
  });

  const driver = new KernelModule('driver', 1, ['driver.c']);
  const rmmod =
    (waits: boolean): Body =>
    (f) => {
      calls(f);
      f.if(f.module_begin_exit(driver), () => {
        if (waits) kernel.rcu_barrier(f, rcu);
        f.module_free(driver);
      });
    };

  it('is what a module calls before it goes', () => {
    const goes = (waits: boolean) => run({ rmmod: rmmod(waits) }, FREES, { modules: [driver] });
    expect(goes(true).failures).toEqual([]);
    expect(goes(false).failures).toEqual(['module-text-fault@free_ops(driver)']);
  });
});
