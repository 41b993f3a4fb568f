/** struct kref: whoever puts last releases, and who finds the object on its way out gets no reference. */
import { fn, mutex, ptr, refcount, statics, Struct, task, type Ref } from '@lastref/authoring';
import { kernel } from '@lastref/scenarios';
import { ranAlone } from '../support/run-alone.js';
import { proveTiny } from '../support/tiny.js';

const { kref_get, kref_get_unless_zero, kref_init, kref_put } = kernel;

class Device extends Struct {
  static override readonly tag = 'device';
  kref = refcount(4);
}
const { device, table } = statics({ device: ptr(() => Device), table: mutex() });

const release = fn('device_release', 'a.c', (f, object: Ref<typeof Device>) => {
  f.mutex_lock(table);
  f.store(device, null);
  f.mutex_unlock(table);
  f.kfree(object);
});
const put = fn('put', 'a.c', (f, object: Ref<typeof Device>) => {
  f.if(kref_put(f, object.kref, object, release), () => undefined);
});
const owner = fn('owner', 'a.c', (f) => {
  f.call(put, f.load(device));
});
/** Looks the device up and lets go of it again. */
const user = (get: 'kref_get' | 'kref_get_unless_zero') =>
  fn('user', 'a.c', (f) => {
    f.mutex_lock(table);
    const found = f.load(device);
    f.if(
      found,
      () => {
        const taken = f.var('taken', 1, 1);
        if (get === 'kref_get') kref_get(f, found.kref);
        else f.set(taken, kref_get_unless_zero(f, found.kref));
        f.mutex_unlock(table);
        f.if(taken, () => {
          f.call(put, found);
        });
      },
      () => {
        f.mutex_unlock(table);
      },
    );
  });

const found = (get: 'kref_get' | 'kref_get_unless_zero') =>
  proveTiny({
    given: (f) => {
      const made = f.kzalloc(Device);
      kref_init(f, made.kref);
      f.store(device, made);
    },
    tasks: [owner, user(get), user(get)].map((each, i) =>
      task(`task ${i}`, (f) => {
        f.call(each);
      }),
    ),
  });

it('a get under the lock that release takes meets a count of zero', () => {
  expect(found('kref_get').failures).toEqual(['refcount-inc-from-zero@user(device.kref)']);
});

it('a get that asks for zero is right there', () => {
  expect(found('kref_get_unless_zero')).toMatchObject({ failures: [], reports: [] });
});

it('starts at one, and is released by the last put only', () => {
  const left = ranAlone((f) => {
    const made = f.kzalloc(Device);
    f.store(device, made);
    kref_init(f, made.kref);
    kref_get(f, made.kref);
    f.call(put, made);
  });
  expect(left('device.kref')).toBe(1);
});
