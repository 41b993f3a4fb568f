import {
  flag,
  fn,
  Idr,
  kernfs,
  mutex,
  ptr,
  refcount,
  statics,
  Struct,
  SysfsDirectory,
  type FunctionBuilder,
  type Ref,
} from '@lastref/authoring';
import { kernel } from '@lastref/scenarios';
import { proveTiny } from '../support/tiny.js';
import { named, type Body } from './named.js';

class Widget extends Struct {
  static override readonly tag = 'widget';
  kobj = refcount(3);
  mutex = mutex();
  attr = kernfs();
  used = flag();
}
const { widget, spare } = statics({ widget: ptr(() => Widget), spare: mutex() });
const bus = new Idr('widget_bus', Widget, 1);
const devices = new SysfsDirectory('devices', 1);

const widget_release = fn('widget_release', 'a.c', (f, dev: Ref<typeof Widget>) => {
  f.kfree(dev);
});
const presence = (dev: Ref<typeof Widget>): kernel.Presence<typeof Widget> => ({
  name: { in: devices, as: 0 },
  files: [dev.attr],
  bus: { devices: bus, as: 0 },
});

const given = (f: FunctionBuilder): void => {
  const dev = f.kzalloc(Widget);
  kernel.device_initialize(f, dev);
  kernel.device_add(f, dev, presence(dev));
  f.store(widget, dev);
};
const unregister: Body = (f) => {
  const dev = f.load(widget);
  f.store(widget, null);
  kernel.device_del(f, presence(dev));
  kernel.put_device(f, dev, widget_release);
};
const use =
  (putting: boolean): Body =>
  (f) => {
    const dev = kernel.bus_find_device(f, bus, 0, 'kobj');
    f.if(dev, () => {
      f.set_bit(dev.used);
      if (putting) kernel.put_device(f, dev, widget_release);
    });
  };
const show: Body = (f) => {
  const dev = f.load(widget);
  f.if(f.kernfs_get_active(dev.attr), () => {
    f.mutex_lock(spare);
    f.set_bit(dev.used);
    f.mutex_unlock(spare);
    f.kernfs_put_active(dev.attr);
  });
};
const del_only: Body = (f) => {
  kernel.device_del(f, presence(f.load(widget)));
};
const run = (bodies: Readonly<Record<string, Body>>) => proveTiny({ given, tasks: named(bodies) });

describe('devices', () => {
  it('live until the last reference of those who found them', () => {
    expect(run({ unregister, one: use(true), two: use(true) })).toMatchObject({ failures: [] });
  });

  it('are lost where who found one does not put it', () => {
    expect(run({ unregister, one: use(false) }).failures).toEqual(['leak@given(widget)']);
  });

  it('are not to be got by whoever has only a pointer', () => {
    const late: Body = (f) => {
      const dev = f.load(widget);
      kernel.get_device(f, dev);
      kernel.put_device(f, dev, widget_release);
    };
    expect(run({ unregister, late }).failures).toEqual([
      'refcount-inc-from-zero@late(widget.kobj)',
      'use-after-free@late(widget freed by widget_release)',
    ]);
  });

  it('run the release function of the last put, in whoever puts', () => {
    const twice: Body = (f) => {
      const dev = f.load(widget);
      kernel.put_device(f, dev, widget_release);
      kernel.put_device(f, dev, widget_release);
    };
    expect(run({ twice }).failures).toEqual([
      'use-after-free@twice(widget freed by widget_release)',
    ]);
  });

  it('are drained of the readers of their files by device_del', () => {
    const removes_only: Body = (f) => {
      const dev = f.load(widget);
      kernel.device_del(f, presence(dev));
      f.kfree(dev);
    };
    // The pointer may be read before the device goes; what is reached through the file alone may not.
    expect(run({ removes_only, show }).failures).toEqual([
      'use-after-free@show(widget freed by removes_only)',
    ]);
    expect(run({ remove: del_only, show })).toMatchObject({ failures: [] });
  });

  it('deadlock where device_del holds what a reader of a file takes', () => {
    const locked: Body = (f) => {
      f.mutex_lock(spare);
      kernel.device_del(f, presence(f.load(widget)));
      f.mutex_unlock(spare);
    };
    const result = run({ locked, show });
    expect(result.failures).toEqual(['deadlock@locked(kn->active)+show(spare)']);
    expect(result.reports).toEqual(['lock-order@kn->active+spare']);
  });

  it('cannot be added twice under a name, or taken away twice', () => {
    const again: Body = (f) => {
      const dev = f.load(widget);
      kernel.device_add(f, dev, { name: { in: devices, as: 0 } });
    };
    const twice: Body = (f) => {
      del_only(f);
      del_only(f);
    };
    expect(run({ again }).failures).toEqual(['duplicate-name@again(devices)']);
    expect(run({ twice }).failures).toEqual(['bad-removal@twice(devices)']);
  });

  it('get and put nothing where there is no device', () => {
    const nothing: Body = (f) => {
      const none = f.pointer('none', Widget);
      kernel.get_device(f, none);
      kernel.put_device(f, none, widget_release);
      kernel.kobject_put(f, none, widget_release);
    };
    expect(run({ nothing })).toMatchObject({ failures: [], reports: [] });
  });
});
