/**
 * Character devices (fs/char_dev.c). From cdev_add on the number can be opened, and opening takes a reference to the module
 * and to the cdev, under the lock of cdev_map; cdev_del ends that and nothing else: files that are open stay open and their
 * operations go on being called, until each is released. What embeds the cdev may be freed only after the last of them.
 */
import {
  primitive,
  type AnyStruct,
  type FunctionBuilder,
  type Idr,
  type IntValue,
  type KernelModule,
  type Ref,
} from '@lastref/authoring';
import { CHAR_DEV_C } from './files.js';
import { kobject_put, type Kobject, type Release } from './kobject.js';

/** cdev_map: what embeds the cdevs, by number. */
export type CdevMap<S extends AnyStruct> = Idr<S>;

/** The cdev's kobject has its first reference from cdev_init. */
export const cdev_init = (f: FunctionBuilder, cdev: Kobject): void => {
  const init = primitive('cdev_init', CHAR_DEV_C, (g) => {
    g.refcount_set(cdev.kobj, 1);
  });
  f.call(init);
};

export const cdev_add = <S extends AnyStruct>(
  f: FunctionBuilder,
  cdev_map: CdevMap<S>,
  dev: IntValue,
  cdev: Ref<S>,
): void => {
  const add = primitive('cdev_add', CHAR_DEV_C, (g) => {
    g.unless(g.idr_alloc(cdev_map, dev, cdev), () => {
      g.invariant('the number of the cdev is free', 0);
    });
  });
  f.call(add);
};

/** The number is gone, and so is cdev_add's reference. */
export const cdev_del = <S extends AnyStruct>(
  f: FunctionBuilder,
  cdev_map: CdevMap<S>,
  dev: IntValue,
  cdev: Ref<S> & Kobject,
  release: Release<S>,
): void => {
  const del = primitive('cdev_del', CHAR_DEV_C, (g) => {
    g.idr_remove(cdev_map, dev);
    kobject_put(g, cdev, release);
  });
  f.call(del);
};

/** The part of chrdev_open that finds the cdev: NULL (-ENXIO) where there is none, or its module is going. */
export const cdev_get = <S extends AnyStruct>(
  f: FunctionBuilder,
  cdev_map: CdevMap<S>,
  dev: IntValue,
  owner: KernelModule,
): Ref<S> => {
  const get = primitive.ptr<[], S>(cdev_map.struct, 'cdev_get', CHAR_DEV_C, (g) => {
    g.unless(g.try_module_get(owner), () => {
      g.return(null);
    });
    const cdev = g.idr_find_get(cdev_map, dev, 'kobj');
    g.unless(cdev, () => {
      g.module_put(owner);
    });
    g.return(cdev);
  });
  return f.call(get);
};

/** Of a file that is released. */
export const cdev_put = <S extends AnyStruct>(
  f: FunctionBuilder,
  cdev: Ref<S> & Kobject,
  owner: KernelModule,
  release: Release<S>,
): void => {
  const put = primitive('cdev_put', CHAR_DEV_C, (g) => {
    kobject_put(g, cdev, release);
    g.module_put(owner);
  });
  f.call(put);
};
