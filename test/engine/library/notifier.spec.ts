import { flag, fn, list, ptr, rwsem, statics, Struct, type Ref } from '@lastref/authoring';
import { kernel } from '@lastref/scenarios';
import { proveTiny } from '../support/tiny.js';
import { named, type Body } from './named.js';

class Listener extends Struct {
  static override readonly tag = 'listener';
  static override readonly count = 2;
  nb = list();
  told = flag();
}
const {
  rwsem: chain_rwsem,
  head,
  first,
} = statics({
  rwsem: rwsem(),
  head: list(),
  first: ptr(() => Listener),
});
const chain: kernel.NotifierHead<typeof Listener> = {
  rwsem: chain_rwsem,
  head,
  block: Listener,
  nb: 'nb',
};
const tell = fn('tell', 'a.c', (f, listener: Ref<typeof Listener>) => {
  f.set_bit(listener.told);
});
const given: Body = (f) => {
  f.INIT_LIST_HEAD(head);
  const one = f.kzalloc(Listener);
  f.store(first, one);
  kernel.blocking_notifier_chain_register(f, chain, one);
  kernel.blocking_notifier_chain_register(f, chain, f.kzalloc(Listener));
};
const notify: Body = (f) => {
  kernel.blocking_notifier_call_chain(f, chain, tell);
};
const leave: Body = (f) => {
  const one = f.load(first);
  kernel.blocking_notifier_chain_unregister(f, chain, one);
  f.kfree(one);
};
const run = (bodies: Readonly<Record<string, Body>>) => proveTiny({ given, tasks: named(bodies) });

describe('a blocking notifier chain', () => {
  it('calls every block once', () => {
    const all: Body = (f) => {
      notify(f);
      const other = f.pointer('other', Listener);
      f.ignore(f.list_prev_entry(other, head, 'nb'));
      f.check('the last was told', other.told, '==', 1);
      f.check('the first was told', f.load(first).told, '==', 1);
    };
    expect(run({ all }).failures).toEqual([]);
  });

  it('lets a block go only when no call runs', () => {
    expect(run({ notify, leave, again: notify })).toMatchObject({ failures: [], reports: [] });
  });

  it('is used after free where a block goes without being unregistered', () => {
    const freed: Body = (f) => {
      f.kfree(f.load(first));
    };
    expect(run({ notify, freed }).failures).toEqual([
      'use-after-free@notify(listener freed by freed)',
      'use-after-free@tell(listener freed by freed)',
    ]);
  });

  it('deadlocks a callback that leaves the chain it is called on', () => {
    const callback = fn('callback', 'a.c', (f, listener: Ref<typeof Listener>) => {
      kernel.blocking_notifier_chain_unregister(f, chain, listener);
    });
    const calls: Body = (f) => {
      kernel.blocking_notifier_call_chain(f, chain, callback);
    };
    const result = run({ calls });
    expect(result.failures).toEqual(['deadlock@callback(rwsem)']);
    expect(result.reports).toEqual(['recursive-lock@rwsem']);
  });
});
