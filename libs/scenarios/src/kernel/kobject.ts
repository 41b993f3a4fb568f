/**
 * References to kobjects and devices (lib/kobject.c, drivers/base/core.c): whoever puts the last one runs the release
 * function, in its own context. The kernel finds that function through the object's type; here it is handed to put, and
 * is what signatures name. As in the kernel, NULL is nothing to get or put; getting from zero is refcount-inc-from-zero.
 */
import {
  primitive,
  type AnyStruct,
  type Fn,
  type FunctionBuilder,
  type Place,
  type Ref,
  type RefcountField,
} from '@lastref/authoring';
import { BASE_CORE_C, KOBJECT_C } from './files.js';

/** What embeds a struct kobject; the field is its kref. */
export interface Kobject {
  readonly kobj: Place<RefcountField>;
}

/** Frees the object, or whatever its type does at the end. */
export type Release<S extends AnyStruct> = Fn<[object: Ref<S>], void>;

type Get = <S extends AnyStruct>(f: FunctionBuilder, object: Ref<S> & Kobject) => void;
type Put = <S extends AnyStruct>(
  f: FunctionBuilder,
  object: Ref<S> & Kobject,
  release: Release<S>,
) => void;

const getter =
  (name: string, file: string): Get =>
  (f, object) => {
    const get = primitive(name, file, (g) => {
      g.if(object, () => {
        g.refcount_inc(object.kobj);
      });
    });
    f.call(get);
  };

const putter =
  (name: string, file: string): Put =>
  (f, object, release) => {
    const put = primitive(name, file, (g) => {
      g.if(object, () => {
        g.if(g.refcount_dec_and_test(object.kobj), () => {
          g.call(release, object);
        });
      });
    });
    f.call(put);
  };

export const kobject_get = getter('kobject_get', KOBJECT_C);
export const kobject_put = putter('kobject_put', KOBJECT_C);
export const get_device = getter('get_device', BASE_CORE_C);
export const put_device = putter('put_device', BASE_CORE_C);

/** The first reference, which its maker holds: kobject_init in device_initialize. */
export const device_initialize = (f: FunctionBuilder, dev: Kobject): void => {
  const initialize = primitive('device_initialize', BASE_CORE_C, (g) => {
    g.refcount_set(dev.kobj, 1);
  });
  f.call(initialize);
};
