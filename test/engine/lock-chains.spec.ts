/** A lock-order report of a pseudo-lock tells both of its places: who holds it, and who waits for it. */
import {
  field,
  fn,
  kernfs,
  mutex,
  ptr,
  statics,
  Struct,
  work,
  Workqueue,
  type FunctionBuilder,
  type Ref,
} from '@lastref/authoring';
import { prove } from '@lastref/exploration';
import { renderReport } from '@lastref/reporting';
import { shrink } from '@lastref/shrinking';
import { named, type Body } from './library/named.js';
import { tiny } from './support/tiny.js';

class Wq extends Workqueue {
  static override readonly tag = 'wq';
}
class Dev extends Struct {
  static override readonly tag = 'dev';
  attr = kernfs();
  item = work();
  srcu = field('srcu');
}
const { lock, dev, queue } = statics({
  lock: mutex(),
  dev: ptr(() => Dev),
  queue: ptr(() => Wq),
});

const locked = (f: FunctionBuilder, inside: () => void): void => {
  f.mutex_lock(lock);
  inside();
  f.mutex_unlock(lock);
};
const nothing = (): void => undefined;
const work_fn = fn<[dev: Ref<typeof Dev>]>('work_fn', 'a.c', (f) => {
  locked(f, nothing);
});

const given: Body = (f) => {
  const device = f.kzalloc(Dev);
  f.kernfs_create(device.attr);
  f.init_srcu_struct(device.srcu);
  f.store(dev, device);
  f.store(queue, f.alloc_workqueue(Wq));
};

interface Pseudo {
  /** Holds it while the mutex is taken. */
  readonly user: Body;
  /** Waits for it with the mutex held. */
  readonly waiter: Body;
}
const PSEUDO_LOCKS: Readonly<Record<string, Pseudo>> = {
  'kn->active': {
    user: (f) => {
      const { attr } = f.load(dev);
      f.if(f.kernfs_get_active(attr), () => {
        locked(f, nothing);
        f.kernfs_put_active(attr);
      });
    },
    waiter: (f) => {
      f.kernfs_remove(f.load(dev).attr);
    },
  },
  '(wq)wq': {
    user: (f) => {
      f.queue_work(f.load(queue), f.load(dev).item);
    },
    waiter: (f) => {
      f.flush_workqueue(f.load(queue));
    },
  },
  'dev.srcu': {
    user: (f) => {
      const { srcu } = f.load(dev);
      const idx = f.srcu_read_lock(srcu);
      locked(f, nothing);
      f.srcu_read_unlock(srcu, idx);
    },
    waiter: (f) => {
      f.synchronize_srcu(f.load(dev).srcu);
    },
  },
};

/** The lines between that of this link and the next one. */
function link(report: string, taken: string, held: string): string[] {
  const lines = report.split('\n').map((line) => line.trim());
  const from = lines.findIndex((line) =>
    new RegExp(`^-> #\\d \\(${escaped(taken)}\\), taken with ${escaped(held)} held by`).test(line),
  );
  const rest = lines.slice(from + 1);
  return rest.slice(
    0,
    rest.findIndex((line) => line.startsWith('->') || line.startsWith('Possible')),
  );
}
const escaped = (text: string): string => text.replaceAll(/[()>-]/g, String.raw`\$&`);

it.each(Object.entries(PSEUDO_LOCKS))('%s: both places of both links', (name, pseudo) => {
  const program = tiny({
    given,
    works: [[Dev, 'item', work_fn]],
    tasks: named({
      user: pseudo.user,
      waiter: (f) => {
        locked(f, () => {
          pseudo.waiter(f);
        });
      },
    }),
  });
  const signature = prove(program).reports.find((report) => report.startsWith('lock-order@'));
  expect(signature).toBe(`lock-order@${[name, 'lock'].sort().join('+')}`);
  const result = shrink(program, signature ?? '');
  if (!result.ok) throw new Error(result.message);
  const report = renderReport(result.trace, {});
  const user = name === '(wq)wq' ? 'work_fn (a.c)' : 'user (a.c)';
  expect(link(report, 'lock', name)).toEqual([user, `${name} was taken at:`, user]);
  expect(link(report, name, 'lock')).toEqual([
    'waiter (a.c)',
    'lock was taken at:',
    'waiter (a.c)',
  ]);
});

it('a lock has one name, whichever way it is held', () => {
  const { sem } = statics({ sem: field('rwsem') });
  const both: Body = (f) => {
    f.down_read(sem);
    f.up_read(sem);
    f.down_write(sem);
    f.up_write(sem);
    f.mutex_lock(lock);
    f.kernfs_remove(f.load(dev).attr);
    f.ignore(f.kernfs_get_active(f.load(dev).attr));
    f.invariant('the end', 0);
  };
  const program = tiny({ given, tasks: named({ both }) });
  const result = shrink(program, prove(program).failures[0] ?? '');
  if (!result.ok) throw new Error(result.message);
  const names = result.trace.steps.flatMap(({ locks }) => locks.map((event) => event.lock));
  expect(new Set(names)).toEqual(new Set(['sem', 'lock', 'dev.attr']));
});
