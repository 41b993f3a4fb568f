/**
 * Mutants of the detectors that know RCU: a grace period awaited inside a read section, a pointer read outside of one. And
 * that of deadlocks: waiting for a grace period makes no lock order, so that its cycle is reported as a deadlock alone.
 */
import { flag, fn, mutex, pthread, ptr, srcu, statics, Struct, task } from '@lastref/authoring';
import type { FunctionBuilder } from '@lastref/authoring';
import { userspace } from '@lastref/scenarios';
import type { TinyCase } from '../support/tiny.js';
import type { Mutant } from './mutants.js';

class Ops extends Struct {
  static override readonly tag = 'ops';
  used = flag();
}
const { domain, ops, ops_mutex, thread } = statics({
  domain: srcu(),
  ops_mutex: mutex(),
  ops: ptr(() => Ops),
  thread: pthread(),
});

const alone = (name: string, body: (f: FunctionBuilder) => void): TinyCase => {
  const called = fn(name, 'a.c', body);
  return {
    given: (f) => {
      f.init_srcu_struct(domain);
      f.store(ops, f.kzalloc(Ops));
    },
    tasks: [
      task('t', (f) => {
        f.call(called);
      }),
    ],
  };
};

const unregister = (inside: boolean) => (f: FunctionBuilder) => {
  const idx = f.srcu_read_lock(domain);
  if (inside) f.synchronize_srcu(domain);
  f.srcu_read_unlock(domain, idx);
  if (!inside) f.synchronize_srcu(domain);
};

/** rcu_dereference inside of an SRCU section: the wrong one of two. */
const read = (right: boolean) => (f: FunctionBuilder) => {
  const idx = f.srcu_read_lock(domain);
  const found = right ? f.srcu_dereference(ops, domain) : f.rcu_dereference(ops);
  f.set_bit(found.used);
  f.srcu_read_unlock(domain, idx);
};

/** An updater reads what it replaces: after its lock, or before. */
const replace = (first: 'look' | 'lock') => (f: FunctionBuilder) => {
  if (first === 'lock') f.mutex_lock(ops_mutex);
  const old = f.rcu_dereference_protected(ops, ops_mutex);
  if (first === 'look') f.mutex_lock(ops_mutex);
  f.rcu_assign_pointer(ops, null);
  f.mutex_unlock(ops_mutex);
  f.synchronize_rcu();
  f.kfree(old);
};

/** The thread waits for the read sections under way; who joins it is in one, or no longer. */
const joined = (first: 'unlock' | 'join'): TinyCase => {
  const main = fn('main', 'a.c', (f) => {
    f.rcu_read_lock();
    f.pthread_create(thread);
    if (first === 'unlock') f.rcu_read_unlock();
    f.pthread_join(thread);
    if (first === 'join') f.rcu_read_unlock();
  });
  const updater = userspace.start_thread('updater', thread, (f) => {
    f.synchronize_rcu();
  });
  return {
    tasks: [
      task('main', (f) => {
        f.call(main);
      }),
      updater,
    ],
  };
};

export const RCU_MUTANTS: readonly Mutant[] = [
  {
    kind: 'deadlock',
    title: 'joined in a read section that the thread waits for',
    mutant: joined('join'),
    mended: joined('unlock'),
  },
  {
    kind: 'illegal-synchronize',
    title: 'a read section waits for its own end',
    mutant: alone('unregister', unregister(true)),
    mended: alone('unregister', unregister(false)),
  },
  {
    kind: 'suspicious-rcu',
    title: 'rcu_dereference where SRCU protects',
    mutant: alone('read', read(false)),
    mended: alone('read', read(true)),
  },
  {
    kind: 'suspicious-rcu',
    title: 'rcu_dereference_protected before its lock',
    mutant: alone('replace', replace('look')),
    mended: alone('replace', replace('lock')),
  },
];
