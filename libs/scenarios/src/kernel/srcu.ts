/**
 * SRCU domains and their memory (kernel/rcu/srcutree.c). init_srcu_struct allocates counters per CPU that only
 * cleanup_srcu_struct frees: freeing what embeds the domain without it leaks them. Where a case needs it, the grace period is
 * the worker's: process_srcu, an item of the struct that embeds the domain, waits for the readers, tells who waits for it,
 * and touches the domain once more. cleanup_srcu_struct flushes that item; without it the domain may be gone by then.
 */
import {
  fn,
  primitive,
  Struct,
  Workqueue,
  type AnyStruct,
  type CompletionField,
  type Fn,
  type FunctionBuilder,
  type Int,
  type IntField,
  type Place,
  type PtrField,
  type Ref,
  type SrcuField,
  type WorkField,
} from '@lastref/authoring';
import { SRCUTREE_C } from './files.js';

/** Counters of readers, one set per CPU. */
export class SrcuData extends Struct {
  static override readonly tag = 'srcu_data';
  static override readonly count = 2;
}

/** What embeds a struct srcu_struct. */
export interface SrcuStruct {
  readonly srcu: Place<SrcuField>;
  readonly sda: Place<PtrField<typeof SrcuData>>;
}

/** rcu_gp_wq, which runs process_srcu. */
export class RcuGpWq extends Workqueue {
  static override readonly tag = 'rcu_gp_wq';
}

/** The same where grace periods are a worker's. */
export interface SrcuStructWithWork extends SrcuStruct {
  readonly srcu_work: Place<WorkField>;
  /** Of the struct rcu_synchronize that synchronize_srcu has on its stack. */
  readonly srcu_done: Place<CompletionField>;
  readonly srcu_gp_seq: Place<IntField>;
}

/** 0, or -ENOMEM where the case injects a fault under that name. */
export const init_srcu_struct = (f: FunctionBuilder, ssp: SrcuStruct, faultName?: string): Int => {
  const init = fn.int('init_srcu_struct', SRCUTREE_C, (g) => {
    const sda = g.kzalloc(SrcuData, faultName);
    g.unless(sda, () => {
      g.return('-ENOMEM');
    });
    g.store(ssp.sda, sda);
    g.init_srcu_struct(ssp.srcu);
  });
  return f.call(init);
};

/** Warns and leaks where the domain is in use. @param rcu_gp_wq where grace periods are a worker's */
export const cleanup_srcu_struct = (
  f: FunctionBuilder,
  ssp: SrcuStruct,
  rcu_gp_wq?: Place<PtrField<typeof RcuGpWq>>,
): void => {
  const cleanup = primitive('cleanup_srcu_struct', SRCUTREE_C, (g) => {
    if (rcu_gp_wq !== undefined) g.flush_workqueue(g.load(rcu_gp_wq));
    g.if(g.cleanup_srcu_struct(ssp.srcu), () => {
      g.kfree(g.load(ssp.sda));
      g.store(ssp.sda, null);
    });
  });
  f.call(cleanup);
};

/** synchronize_srcu by way of process_srcu. */
export const synchronize_srcu_by_work = (
  f: FunctionBuilder,
  rcu_gp_wq: Place<PtrField<typeof RcuGpWq>>,
  ssp: SrcuStructWithWork,
): void => {
  const synchronize = primitive('__synchronize_srcu', SRCUTREE_C, (g) => {
    g.queue_work(g.load(rcu_gp_wq), ssp.srcu_work);
    g.wait_for_completion(ssp.srcu_done);
  });
  f.call(synchronize);
};

/** The item's function, for the `works` of a scenario. */
export const process_srcu = <S extends AnyStruct>(
  of: (object: Ref<S>) => SrcuStructWithWork,
): Fn<[object: Ref<S>], void> =>
  fn('process_srcu', SRCUTREE_C, (f, object: Ref<S>) => {
    const ssp = of(object);
    f.synchronize_srcu(ssp.srcu);
    f.complete(ssp.srcu_done);
    f.load(ssp.srcu_gp_seq);
  });
