/**
 * Blocking notifier chains (kernel/notifier.c): the chain is called with its semaphore held to read, so that unregistering
 * waits for the calls that run, and a callback that registers or unregisters on its own chain deadlocks. Blocks are called in the
 * order of their priorities, highest first, and where these are equal or the chain has none, of registration; the one behind is read before a callback runs, as in the kernel. A block freed while it is on
 * the chain is a use-after-free in whoever calls the chain.
 */
import {
  primitive,
  type AnyStruct,
  type Fn,
  type FunctionBuilder,
  type IntField,
  type ListField,
  type ListMember,
  type Place,
  type Ref,
  type RwsemField,
} from '@lastref/authoring';
import { NOTIFIER_C } from './files.js';

/** struct blocking_notifier_head, and what its blocks are embedded in. */
export interface NotifierHead<S extends AnyStruct> {
  readonly rwsem: Place<RwsemField>;
  readonly head: Place<ListField>;
  /** The struct that embeds the blocks, and its struct notifier_block. */
  readonly block: S;
  readonly nb: ListMember<S>;
  /** The priority of a block, where blocks have one. */
  readonly priority?: (block: Ref<S>) => Place<IntField>;
}

const entryOf = <S extends AnyStruct>({ nb }: NotifierHead<S>, block: Ref<S>): Place<ListField> =>
  (block as Readonly<Record<string, unknown>>)[nb] as Place<ListField>;

const changing =
  (
    name: string,
    change: <S extends AnyStruct>(
      f: FunctionBuilder,
      chain: NotifierHead<S>,
      block: Ref<S>,
    ) => void,
  ) =>
  <S extends AnyStruct>(f: FunctionBuilder, chain: NotifierHead<S>, block: Ref<S>): void => {
    const changes = primitive(name, NOTIFIER_C, (g) => {
      g.down_write(chain.rwsem);
      change(g, chain, block);
      g.up_write(chain.rwsem);
    });
    f.call(changes);
  };

/** notifier_chain_register: before the first block of a lower priority. */
function addByPriority<S extends AnyStruct>(
  f: FunctionBuilder,
  chain: NotifierHead<S>,
  block: Ref<S>,
  priority: (block: Ref<S>) => Place<IntField>,
): void {
  const nl = f.pointer('nl', chain.block);
  const mine = f.load(priority(block));
  f.ignore(f.list_next_entry(nl, chain.head, chain.nb));
  f.while(
    () => f.and(nl, () => f.le(mine, f.load(priority(nl)))),
    () => {
      f.ignore(f.list_next_entry(nl, entryOf(chain, nl), chain.nb));
    },
  );
  f.if(
    nl,
    () => {
      f.list_add_tail(entryOf(chain, block), entryOf(chain, nl));
    },
    () => {
      f.list_add_tail(entryOf(chain, block), chain.head);
    },
  );
}

/** The chain's head is initialised by INIT_LIST_HEAD. */
export const blocking_notifier_chain_register = changing(
  'blocking_notifier_chain_register',
  (f, chain, block) => {
    const { head, priority } = chain;
    if (priority === undefined) f.list_add_tail(entryOf(chain, block), head);
    else addByPriority(f, chain, block, priority);
  },
);

/** Of a block that is on the chain; a second time is list-corruption, where the kernel returns -ENOENT. */
export const blocking_notifier_chain_unregister = changing(
  'blocking_notifier_chain_unregister',
  (f, chain, block) => {
    f.list_del(entryOf(chain, block));
  },
);

/** Calls every block; none of them stops the chain. */
export const blocking_notifier_call_chain = <S extends AnyStruct>(
  f: FunctionBuilder,
  chain: NotifierHead<S>,
  notifier_call: Fn<[block: Ref<S>], void>,
): void => {
  const calls = primitive('blocking_notifier_call_chain', NOTIFIER_C, (g) => {
    const nb = g.pointer('nb', chain.block);
    const next_nb = g.pointer('next_nb', chain.block);
    g.down_read(chain.rwsem);
    g.ignore(g.list_next_entry(nb, chain.head, chain.nb));
    g.while(
      () => nb,
      () => {
        g.ignore(g.list_next_entry(next_nb, entryOf(chain, nb), chain.nb));
        g.call(notifier_call, nb);
        g.set(nb, next_nb);
      },
    );
    g.up_read(chain.rwsem);
  });
  f.call(calls);
};
