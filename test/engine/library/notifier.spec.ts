import { flag, fn, int, list, ptr, rwsem, statics, Struct, type Ref } from '@lastref/authoring';
import { kernel } from '@lastref/scenarios';
import { proveTiny } from '../support/tiny.js';
import { named, type Body } from './named.js';

class Listener extends Struct {
  static override readonly tag = 'listener';
  static override readonly count = 3;
  nb = list();
  told = flag();
  priority = int(2);
  turn = int(3);
}
const {
  rwsem: chain_rwsem,
  head,
  first,
  calls,
} = statics({
  rwsem: rwsem(),
  head: list(),
  first: ptr(() => Listener),
  calls: int(3),
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

  it.each([
    { priorities: [0, 1, 2], turns: [3, 2, 1] },
    { priorities: [1, 2, 1], turns: [2, 1, 3] },
    { priorities: [2, 0, 1], turns: [1, 3, 2] },
    { priorities: [0, 0, 0], turns: [1, 2, 3] },
  ])('calls blocks of priorities $priorities in the order $turns', ({ priorities, turns }) => {
    const ordered = { ...chain, priority: (block: Ref<typeof Listener>) => block.priority };
    const counts = fn('counts', 'a.c', (f, listener: Ref<typeof Listener>) => {
      const turn = f.var('turn', 3);
      f.add(turn, f.load(calls), 1);
      f.store(calls, turn);
      f.store(listener.turn, turn);
    });
    const all: Body = (f) => {
      f.INIT_LIST_HEAD(head);
      const blocks = priorities.map((priority) => {
        const block = f.kzalloc(Listener);
        f.store(block.priority, priority);
        kernel.blocking_notifier_chain_register(f, ordered, block);
        return block;
      });
      kernel.blocking_notifier_call_chain(f, ordered, counts);
      blocks.forEach((block, i) => {
        f.check(`turn of ${i}`, block.turn, '==', turns[i] ?? 0);
      });
    };
    expect(proveTiny({ tasks: named({ all }) })).toMatchObject({ failures: [], complete: true });
  });
});
