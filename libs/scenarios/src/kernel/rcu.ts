/**
 * Callbacks of RCU and SRCU (kernel/rcu/tree.c, kernel/rcu/srcutree.c). A callback is an item of the object that embeds its
 * rcu_head, and who runs it waits for a grace period that begins at any time from call_rcu on, at once included; so
 * nothing is said of the order of two callbacks, as on two CPUs, while there are as many workers as callbacks. It runs in softirq:
 * it must not sleep, and is itself a read section. rcu_barrier waits for those under way when it comes; a module has
 * to call it before it goes, or its callbacks run unmapped text.
 */
import {
  fn,
  primitive,
  work,
  Workqueue,
  type AnyStruct,
  type Fn,
  type FunctionBuilder,
  type Place,
  type PtrField,
  type Ref,
  type SrcuField,
  type WorkField,
} from '@lastref/authoring';
import { RCU_TREE_C, SRCUTREE_C } from './files.js';

/** Who runs callbacks: two at once. */
export class RcuCallbacks extends Workqueue {
  static override readonly tag = 'rcu';
  static override readonly max_active = 2;
}

/** A static that points to them, from rcu_init on. */
export type Callbacks = Place<PtrField<typeof RcuCallbacks>>;

/** struct rcu_head; the scenario's `works` bind it to rcu_callback(function), or another of those below. */
export const rcu_head = (): WorkField => work();

type Callback<S extends AnyStruct> = Fn<[object: Ref<S>], void>;

export const rcu_init = (f: FunctionBuilder, rcu: Callbacks): void => {
  f.store(rcu, f.alloc_workqueue(RcuCallbacks));
};

const running = <S extends AnyStruct>(
  f: FunctionBuilder,
  func: Callback<S>,
  object: Ref<S>,
): void => {
  f.rcu_read_lock();
  f.call(func, object);
  f.rcu_read_unlock();
};

export const rcu_callback = <S extends AnyStruct>(func: Callback<S>): Callback<S> =>
  primitive('rcu_do_batch', RCU_TREE_C, (f, object: Ref<S>) => {
    f.synchronize_rcu();
    running(f, func, object);
  });

/** @param ssp the domain whose readers the callback waits for */
export const srcu_callback = <S extends AnyStruct>(
  ssp: (object: Ref<S>) => Place<SrcuField>,
  func: Callback<S>,
): Callback<S> =>
  primitive('srcu_invoke_callbacks', SRCUTREE_C, (f, object: Ref<S>) => {
    f.synchronize_srcu(ssp(object));
    running(f, func, object);
  });

/** Of kfree_rcu: the object is freed. */
export const kfree_rcu_callback = <S extends AnyStruct>(): Callback<S> =>
  rcu_callback(
    fn('kfree_rcu_work', RCU_TREE_C, (f, object: Ref<S>) => {
      f.kfree(object);
    }),
  );

const calling =
  (name: string, file: string) =>
  (f: FunctionBuilder, rcu: Callbacks, head: Place<WorkField>): void => {
    const call = primitive(name, file, (g) => {
      g.queue_work(g.load(rcu), head);
    });
    f.call(call);
  };

/** A head that is still on its way is not put on twice. */
export const call_rcu = calling('call_rcu', RCU_TREE_C);
export const call_srcu = calling('call_srcu', SRCUTREE_C);
export const kfree_rcu = calling('kfree_rcu', RCU_TREE_C);

/** Waits for the callbacks under way; of call_srcu too. */
export const rcu_barrier = (f: FunctionBuilder, rcu: Callbacks): void => {
  const barrier = primitive('rcu_barrier', RCU_TREE_C, (g) => {
    g.flush_workqueue(g.load(rcu));
  });
  f.call(barrier);
};
