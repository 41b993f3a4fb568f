/**
 * std::shared_ptr and std::weak_ptr (libstdc++, bits/shared_ptr_base.h). A control block counts owners, and weak pointers plus
 * one for all owners together: the object is destroyed by the last owner, the block by the last of either. weak_ptr::lock
 * takes an owner's reference unless there is none left. The counts are atomic, a shared_ptr itself is not: two threads that
 * assign one race, as in C++, and keep it in a field that both load and store.
 */
import {
  primitive,
  type AnyStruct,
  type Cond,
  type Fn,
  type FunctionBuilder,
  type Place,
  type Ref,
  type RefcountField,
} from '@lastref/authoring';
import { SHARED_PTR_H } from './files.js';

/** _Sp_counted_base; the struct that has these fields has the pointer to the object too. */
export interface ControlBlock {
  readonly use_count: Place<RefcountField>;
  readonly weak_count: Place<RefcountField>;
}

/** ~T() and the deallocation of the object that the block owns. */
export type Destroy<S extends AnyStruct> = Fn<[block: Ref<S>], void>;

/** The first owner: the block is allocated, and its pointer stored, by the caller. */
export const shared_ptr = (f: FunctionBuilder, block: ControlBlock): void => {
  const make = primitive('shared_ptr', SHARED_PTR_H, (g) => {
    g.refcount_set(block.use_count, 1);
    g.refcount_set(block.weak_count, 1);
  });
  f.call(make);
};

const counts = (
  name: string,
  which: keyof ControlBlock,
): ((f: FunctionBuilder, block: ControlBlock) => void) => {
  const copy = primitive(name, SHARED_PTR_H, (f, count: Place<RefcountField>) => {
    f.refcount_inc(count);
  });
  return (f, block) => {
    f.call(copy, block[which]);
  };
};

/** Copies a shared_ptr that the caller owns. */
export const shared_ptr_copy = counts('_M_add_ref_copy', 'use_count');
/** A weak_ptr made from a pointer of either kind that the caller holds. */
export const weak_ptr = counts('_M_weak_add_ref', 'weak_count');

/** weak_ptr::reset, or its destructor. */
export const weak_ptr_reset = <S extends AnyStruct>(
  f: FunctionBuilder,
  block: Ref<S> & ControlBlock,
): void => {
  const release = primitive('_M_weak_release', SHARED_PTR_H, (g) => {
    g.if(g.refcount_dec_and_test(block.weak_count), () => {
      g.kfree(block);
    });
  });
  f.call(release);
};

/** shared_ptr::reset, or its destructor. */
export const shared_ptr_reset = <S extends AnyStruct>(
  f: FunctionBuilder,
  block: Ref<S> & ControlBlock,
  destroy: Destroy<S>,
): void => {
  const release = primitive('_M_release', SHARED_PTR_H, (g) => {
    g.if(g.refcount_dec_and_test(block.use_count), () => {
      g.call(destroy, block);
      weak_ptr_reset(g, block);
    });
  });
  f.call(release);
};

/** weak_ptr::lock: holds if there is an owner, and the caller is one more; else it has expired. */
export const weak_ptr_lock = (f: FunctionBuilder, block: ControlBlock): Cond =>
  f.refcount_inc_not_zero(block.use_count);
