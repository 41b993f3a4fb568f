import {
  flag,
  fn,
  kernfs,
  mutex,
  ptr,
  statics,
  Struct,
  task,
  type FunctionBuilder,
} from '@lastref/authoring';
import { proveTiny, type TinyCase } from '../support/tiny.js';

class Node extends Struct {
  static override readonly tag = 'node';
  active = kernfs();
}
const { node, none, rtnl, used, other } = statics({
  node: ptr(() => Node),
  none: ptr(() => Node),
  rtnl: mutex(),
  used: flag(),
  other: kernfs(),
});

const given = (f: FunctionBuilder): void => {
  const file = f.kzalloc(Node);
  f.kernfs_create(file.active);
  f.store(node, file);
};

const reader = (name: string, body: (f: FunctionBuilder) => void) =>
  task(name, (f) => {
    f.call(
      fn(name, 'a.c', (g) => {
        const file = g.load(node);
        g.if(g.kernfs_get_active(file.active), () => {
          body(g);
          g.kernfs_put_active(file.active);
        });
      }),
    );
  });
const remover = (name: string, before: (f: FunctionBuilder) => void, after = before) =>
  task(name, (f) => {
    f.call(
      fn(name, 'a.c', (g) => {
        // Not the file that is removed, though the first pointer of the function.
        const first = g.load(none);
        before(g);
        g.kernfs_remove(g.load(node).active);
        after(g);
        g.ignore(g.is_null(first));
      }),
    );
  });
const nothing = (): void => undefined;
const run = (...tasks: TinyCase['tasks']) => proveTiny({ given, tasks });

describe('kernfs', () => {
  it('waits in removal for the references that are held, and gives no new ones', () => {
    const result = run(
      reader('show', (f) => {
        f.if(f.test_bit(used), () => {
          f.invariant('removed only after the reader', 0);
        });
      }),
      remover('del', nothing, (f) => {
        f.set_bit(used);
      }),
    );
    expect(result.failures).toEqual([]);
  });

  it('gives a reader nothing after removal', () => {
    const result = run(
      remover('del', nothing, (f) => {
        f.milestone('gone');
        f.set_bit(used);
      }),
      task(
        'show',
        (f) => {
          f.if(f.kernfs_get_active(f.load(node).active), () => {
            f.invariant('refused', 0);
          });
        },
        { after: 'gone' },
      ),
    );
    expect(result).toMatchObject({ failures: [], idleTasks: [] });
  });

  it('refuses references to a file that was never created', () => {
    const result = run(
      task('show', (f) => {
        f.if(f.kernfs_get_active(other), () => {
          f.invariant('refused', 0);
        });
      }),
    );
    expect(result.failures).toEqual([]);
  });

  it('names the deadlock of a reader that waits for the remover', () => {
    const result = run(
      reader('show', (f) => {
        f.mutex_lock(rtnl);
        f.mutex_unlock(rtnl);
      }),
      remover(
        'del',
        (f) => {
          f.mutex_lock(rtnl);
        },
        (f) => {
          f.mutex_unlock(rtnl);
        },
      ),
    );
    expect(result.failures).toEqual(['deadlock@del(kn->active)+show(rtnl)']);
    expect(result.reports).toEqual(['lock-order@kn->active+rtnl']);
  });

  it('lets a reader that broke its reference remove the file, and take the reference back', () => {
    const result = run(
      reader('store', (f) => {
        const file = f.load(node);
        f.kernfs_put_active(file.active);
        f.kernfs_remove(file.active);
        f.kernfs_unbreak_active_protection(file.active);
      }),
      remover('del', nothing),
    );
    expect(result).toMatchObject({ failures: [], reports: [] });
  });

  it('makes no lock order of a reader that only tries', () => {
    const result = run(
      reader('show', (f) => {
        f.if(f.mutex_trylock(rtnl), () => {
          f.mutex_unlock(rtnl);
        });
      }),
      remover(
        'del',
        (f) => {
          f.mutex_lock(rtnl);
        },
        (f) => {
          f.mutex_unlock(rtnl);
        },
      ),
    );
    expect(result).toMatchObject({ failures: [], reports: [] });
  });

  it('names a file that removes itself while it is read', () => {
    const result = run(
      reader('show', (f) => {
        f.kernfs_remove(f.load(node).active);
      }),
    );
    expect(result.failures).toEqual(['deadlock@show(kn->active)']);
  });

  it('reports a put without a reference, and one never put', () => {
    const put = run(
      task('put', (f) => {
        f.call(
          fn('put', 'a.c', (g) => {
            g.kernfs_put_active(g.load(node).active);
          }),
        );
      }),
    );
    expect(put.failures).toEqual(['bad-unlock@put(kn->active)']);
    const kept = run(
      task('keep', (f) => {
        f.call(
          fn('keep', 'a.c', (g) => {
            g.if(g.kernfs_get_active(g.load(node).active), nothing);
          }),
        );
      }),
    );
    expect(kept.failures).toEqual(['leak@keep(held kn->active)']);
  });

  it('gives each kind of file a lock class of its own', () => {
    const nested = run(
      task('both', (f) => {
        f.kernfs_create(other);
        f.call(
          fn('both', 'a.c', (g) => {
            const file = g.load(node);
            g.if(g.kernfs_get_active(file.active), () => {
              g.kernfs_remove(other);
              g.kernfs_put_active(file.active);
            });
          }),
        );
      }),
    );
    expect(nested).toMatchObject({ failures: [], reports: [] });
  });

  it('notices in removal, before and after it came, that the file is gone', () => {
    const frees = task('frees', (f) => {
      f.call(
        fn('frees', 'a.c', (g) => {
          g.kfree(g.load(node));
        }),
      );
    });
    const result = run(remover('removes', nothing), frees);
    expect(result.failures).toEqual(['use-after-free@removes(node freed by frees)']);
  });

  it('notices after removal came that the file is gone', () => {
    const frees = task('frees', (f) => {
      f.call(
        fn('frees', 'a.c', (g) => {
          const file = g.load(node);
          g.if(
            g.kernfs_get_active(file.active),
            () => {
              g.kernfs_put_active(file.active);
            },
            () => {
              g.kfree(file);
            },
          );
        }),
      );
    });
    const result = run(remover('removes', nothing), frees);
    expect(result.failures).toEqual(['use-after-free@removes(node freed by frees)']);
  });

  it('lets a reader hold it twice, and waits for both', () => {
    const twice = reader('twice', (f) => {
      f.if(f.kernfs_get_active(f.load(node).active), () => {
        f.kernfs_put_active(f.load(node).active);
      });
      f.if(f.test_bit(used), () => {
        f.invariant('removed only after the last put', 0);
      });
    });
    const result = run(
      twice,
      remover('removes', nothing, (f) => {
        f.set_bit(used);
      }),
    );
    expect(result.failures).toEqual([]);
  });
});
