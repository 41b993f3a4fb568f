import {
  fn,
  KernelModule,
  ptr,
  statics,
  Struct,
  SysfsDirectory,
  task,
  work,
  Workqueue,
  type Ref,
} from '@lastref/authoring';
import { proveTiny } from '../support/tiny.js';

const driver = new KernelModule('driver', 3, ['driver.c']);

class SystemWq extends Workqueue {
  static override readonly tag = 'system_wq';
}
class Item extends Struct {
  static override readonly tag = 'item';
  work = work();
}
const { system_wq, item } = statics({ system_wq: ptr(() => SystemWq), item: ptr(() => Item) });

const rmmod = fn('delete_module', 'kernel/module.c', (f) => {
  f.if(f.module_begin_exit(driver), () => {
    f.module_free(driver);
  });
});

describe('module', () => {
  it('stays while a reference is held, and gives none once it is going', () => {
    const use = fn('open', 'fs.c', (f) => {
      f.if(f.try_module_get(driver), () => {
        f.call(in_driver);
        f.module_put(driver);
      });
    });
    const in_driver = fn('driver_open', 'driver.c', (f) => {
      f.load(item);
    });
    const result = proveTiny({
      modules: [driver],
      tasks: [
        task('1', (f) => {
          f.call(use);
        }),
        task('2', (f) => {
          f.call(rmmod);
        }),
      ],
    });
    expect(result).toMatchObject({ failures: [], unexecuted: [] });
  });

  it('running its text after exit is a fault, named by the outermost function inside it', () => {
    const inner = fn('driver_inner', 'driver.c', (f) => {
      f.load(item);
    });
    const outer = fn('driver_outer', 'driver.c', (f) => {
      f.call(inner);
    });
    const result = proveTiny({
      modules: [driver],
      tasks: [
        task('1', (f) => {
          f.call(outer);
        }),
        task('2', (f) => {
          f.call(rmmod);
        }),
      ],
    });
    expect(result.failures).toEqual(['module-text-fault@driver_outer(driver)']);
  });

  it.each([0, 1])('is missed in text of two modules whichever is gone, module %i', (gone) => {
    const modules = [
      new KernelModule('upper', 1, ['upper.c']),
      new KernelModule('lower', 1, ['lower.c']),
    ];
    const unloaded = modules[gone];
    if (unloaded === undefined) throw new Error('there are two');
    const lower = fn('lower_read', 'lower.c', (f) => {
      f.load(item);
    });
    const upper = fn('upper_read', 'upper.c', (f) => {
      f.call(lower);
    });
    const result = proveTiny({
      modules,
      tasks: [
        task('1', (f) => {
          // They are numbered in the order of their use.
          for (const one of modules)
            f.if(f.try_module_get(one), () => {
              f.module_put(one);
            });
          f.if(f.module_begin_exit(unloaded), () => {
            f.module_free(unloaded);
          });
          f.call(upper);
        }),
      ],
    });
    expect(result.failures).toEqual([
      gone === 0 ? 'module-text-fault@upper_read(upper)' : 'module-text-fault@lower_read(lower)',
    ]);
  });

  it('a work item outliving it faults when the worker takes it', () => {
    const release = fn('driver_release', 'driver.c', (f, self: Ref<typeof Item>) => {
      f.kfree(self);
    });
    const result = proveTiny({
      modules: [driver],
      works: [[Item, 'work', release]],
      given: (f) => {
        const object = f.kzalloc(Item);
        f.store(system_wq, f.alloc_workqueue(SystemWq));
        f.queue_work(f.load(system_wq), object.work);
      },
      tasks: [
        task('1', (f) => {
          f.call(rmmod);
        }),
      ],
    });
    expect(result.failures).toEqual(['module-text-fault@driver_release(driver)']);
  });
});

describe('sysfs', () => {
  const dir = new SysfsDirectory('block', 2);
  const add = fn('add', 'a.c', (f) => {
    f.sysfs_create(dir, 0);
  });
  const remove = fn('remove', 'a.c', (f) => {
    f.sysfs_remove(dir, 0);
  });

  it('reports a name created twice and one removed that is not there', () => {
    const result = proveTiny({
      tasks: [
        task('1', (f) => {
          f.call(add);
        }),
        task('2', (f) => {
          f.call(add);
        }),
        task('3', (f) => {
          f.call(remove);
        }),
      ],
    });
    expect(result.failures).toEqual(['bad-removal@remove(block)', 'duplicate-name@add(block)']);
  });
});
