import {
  completion,
  flag,
  fn,
  Idr,
  kernfs,
  KernelModule,
  ptr,
  refcount,
  statics,
  Struct,
  type FunctionBuilder,
  type Ref,
} from '@lastref/authoring';
import { kernel } from '@lastref/scenarios';
import { proveTiny } from '../support/tiny.js';
import { named, type Body } from './named.js';

class Gadget extends Struct {
  static override readonly tag = 'gadget';
  kobj = refcount(3);
  used = flag();
}
class File extends Struct {
  static override readonly tag = 'file';
  static override readonly count = 2;
  f_count = refcount(3);
  gadget = ptr(() => Gadget);
}
const cdev_map = new Idr('cdev_map', Gadget, 1);
const files = new Idr('files', File, 1);
const driver = new KernelModule('driver', 2, ['driver.c']);
const { gadget } = statics({ gadget: ptr(() => Gadget) });

const gadget_free = fn('gadget_free', 'a.c', (f, dev: Ref<typeof Gadget>) => {
  f.kfree(dev);
});
const gadget_write = fn('gadget_write', 'driver.c', (f, dev: Ref<typeof Gadget>) => {
  f.set_bit(dev.used);
});
/** f_op->release, then what chrdev_open took. */
const file_free = fn('file_free', 'a.c', (f, file: Ref<typeof File>) => {
  kernel.cdev_put(f, f.load(file.gadget), driver, gadget_free);
  f.kfree(file);
});

const given: Body = (f) => {
  const dev = f.kzalloc(Gadget);
  kernel.cdev_init(f, dev);
  kernel.cdev_add(f, cdev_map, 0, dev);
  f.store(gadget, dev);
};
const given_open: Body = (f) => {
  given(f);
  open(f);
};
const open: Body = (f) => {
  const dev = kernel.cdev_get(f, cdev_map, 0, driver);
  f.if(dev, () => {
    const file = f.kzalloc(File);
    f.refcount_set(file.f_count, 1);
    f.store(file.gadget, dev);
    kernel.fd_install(f, files, 0, file);
  });
};
const write: Body = (f) => {
  const file = kernel.fget(f, files, 0);
  f.if(file, () => {
    f.call(gadget_write, f.load(file.gadget));
    kernel.fput(f, file, file_free);
  });
};
const close: Body = (f) => {
  const file = f.idr_find(files, 0);
  f.idr_remove(files, 0);
  kernel.fput(f, file, file_free);
};
const remove: Body = (f) => {
  const dev = f.load(gadget);
  f.store(gadget, null);
  kernel.cdev_del(f, cdev_map, 0, dev, gadget_free);
};
const rmmod: Body = (f) => {
  f.if(f.module_begin_exit(driver), () => {
    remove(f);
    f.module_free(driver);
  });
};
const run = (before: Body, bodies: Readonly<Record<string, Body>>) =>
  proveTiny({ given: before, modules: [driver], tasks: named(bodies) });

describe('files and character devices', () => {
  it('open files outlive cdev_del, and the last of them frees the device', () => {
    expect(run(given_open, { write, close, remove })).toMatchObject({ failures: [] });
  });

  it('a device freed by cdev_del whatever is open is used after free', () => {
    const frees: Body = (f) => {
      const dev = f.load(gadget);
      kernel.cdev_del(f, cdev_map, 0, dev, gadget_free);
      f.kfree(dev);
    };
    expect(run(given_open, { write, frees }).failures).toContain(
      'use-after-free@gadget_write(gadget freed by frees)',
    );
  });

  it('an open file keeps the module', () => {
    expect(run(given, { rmmod, opens_and_writes: opensAndWrites })).toMatchObject({ failures: [] });
  });

  it('the write that runs during close releases the file', () => {
    const result = run(given_open, { write, close });
    expect(result).toMatchObject({ failures: [] });
  });

  it('a descriptor is entered once', () => {
    expect(run(given_open, { open }).failures).toEqual(['invariant@open(the descriptor is free)']);
  });
});

function opensAndWrites(f: FunctionBuilder): void {
  const dev = kernel.cdev_get(f, cdev_map, 0, driver);
  f.if(dev, () => {
    f.call(gadget_write, dev);
    kernel.cdev_put(f, dev, driver, gadget_free);
  });
}

describe('a file of sysfs that removes itself', () => {
  const { attr, suicidal, suicided, removed } = statics({
    attr: kernfs(),
    suicidal: flag(),
    suicided: completion(),
    removed: flag(),
  });
  const store =
    (breaks: boolean): Body =>
    (f) => {
      f.if(f.kernfs_get_active(attr), () => {
        if (breaks) kernel.sysfs_break_active_protection(f, attr);
        f.kernfs_remove(attr);
        if (breaks) kernel.sysfs_unbreak_active_protection(f, attr);
        f.kernfs_put_active(attr);
      });
    };
  const create: Body = (f) => {
    f.kernfs_create(attr);
  };

  it('deadlocks, unless it breaks the protection of its own reference', () => {
    expect(run(create, { store: store(false) }).failures).toEqual(['deadlock@store(kn->active)']);
    expect(run(create, { store: store(true), again: store(true) })).toMatchObject({
      failures: [],
      reports: [],
    });
  });

  it('is removed by the first of those that write it; the others go on when it is', () => {
    const deletes: Body = (f) => {
      f.if(f.kernfs_get_active(attr), () => {
        f.if(
          kernel.sysfs_remove_file_self(f, { kn: attr, suicidal, suicided }),
          () => {
            f.milestone('removes');
            f.check('it is removed once', removed, '==', 0);
            f.set_bit(removed);
          },
          () => {
            f.milestone('loses');
            f.unless(f.kernfs_get_active(attr), () => {
              f.milestone('gone');
              f.clear_bit(suicidal);
            });
          },
        );
        f.kernfs_put_active(attr);
      });
    };
    expect(
      proveTiny({
        given: create,
        tasks: named({ deletes, again: deletes }),
        reaches: ['removes', 'loses', 'gone'],
      }),
    ).toMatchObject({ failures: [], reports: [], missed: [], complete: true });
  });
});
