/**
 * struct kref (include/linux/kref.h): a refcount_t whose last put calls a release function, in the context of whoever
 * puts last. The field is a refcount; the release function is handed what the kernel's finds by container_of, and is what
 * signatures name.
 */
import {
  primitive,
  type AnyStruct,
  type Fn,
  type FunctionBuilder,
  type Int,
  type Place,
  type Ref,
  type RefcountField,
} from '@lastref/authoring';

type Kref = Place<RefcountField>;

const KREF_H = 'include/linux/kref.h';

/** The first reference, which the maker of the object holds. */
export const kref_init = (f: FunctionBuilder, kref: Kref): void => {
  const init = primitive('kref_init', KREF_H, (g) => {
    g.refcount_set(kref, 1);
  });
  f.call(init);
};

export const kref_get = (f: FunctionBuilder, kref: Kref): void => {
  const get = primitive('kref_get', KREF_H, (g) => {
    g.refcount_inc(kref);
  });
  f.call(get);
};

/** 1 if there was a reference to share; 0 while the object is on its way out. */
export const kref_get_unless_zero = (f: FunctionBuilder, kref: Kref): Int => {
  const get = primitive.int('kref_get_unless_zero', KREF_H, (g) => {
    g.if(g.refcount_inc_not_zero(kref), () => {
      g.return(1);
    });
  });
  return f.call(get);
};

/** 1 if it was the last reference, and the object was released. */
export const kref_put = <S extends AnyStruct>(
  f: FunctionBuilder,
  kref: Kref,
  object: Ref<S>,
  release: Fn<[object: Ref<S>], void>,
): Int => {
  const put = primitive.int('kref_put', KREF_H, (g) => {
    g.if(g.refcount_dec_and_test(kref), () => {
      g.call(release, object);
      g.return(1);
    });
  });
  return f.call(put);
};
