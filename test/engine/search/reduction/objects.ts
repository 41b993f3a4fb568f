/** Programs about objects: private ones and shared ones, by pointers, tables and lists. */
import type { TinyCase } from '../../support/tiny.js';
import {
  Entry,
  Leaf,
  Parent,
  Thing,
  head,
  parent,
  run,
  spare,
  thing,
  things,
  x,
  y,
} from './world.js';

export const ownObjects: TinyCase = run(
  (f) => {
    const mine = f.kzalloc(Thing);
    f.set_bit(mine.used);
    f.set_bit(mine.used);
    f.kfree(mine);
  },
  (f) => {
    const mine = f.kzalloc(Thing);
    f.set_bit(mine.used);
    f.store(thing, mine);
    f.clear_bit(mine.used);
  },
  (f) => {
    const found = f.load(thing);
    f.if(found, () => {
      f.set_bit(found.used);
    });
  },
);

export const oneInAnother: TinyCase = {
  given: (f) => {
    f.store(thing, f.kzalloc(Thing));
  },
  ...run(
    (f) => {
      const leaf = f.kzalloc(Leaf);
      f.set_bit(leaf.used);
      const held = f.load(thing);
      f.store(held.leaf, leaf);
      f.clear_bit(leaf.used);
    },
    (f) => {
      const held = f.load(thing);
      const leaf = f.load(held.leaf);
      f.if(leaf, () => {
        f.set_bit(leaf.used);
      });
    },
  ),
};

export const lastPointers: TinyCase = {
  given: (f) => {
    f.store(thing, f.kzalloc(Thing));
    f.store(spare, f.kzalloc(Thing));
  },
  ...run(
    (f) => {
      const held = f.load(thing);
      f.set_bit(x);
      f.if(held, () => {
        f.set_bit(y);
      });
    },
    (f) => {
      const held = f.load(thing);
      f.store(thing, null);
      f.kfree(held);
    },
    (f) => {
      f.store(spare, null);
    },
  ),
};

export const aTable: TinyCase = run(
  (f) => {
    const mine = f.kzalloc(Thing);
    f.set_bit(mine.used);
    f.ignore(f.idr_alloc(things, 0, mine));
    f.clear_bit(mine.used);
    f.idr_remove(things, 0);
    f.kfree(mine);
  },
  (f) => {
    const found = f.idr_find(things, 0);
    f.if(found, () => {
      f.set_bit(found.used);
    });
  },
);

export const aList: TinyCase = {
  given: (f) => {
    f.INIT_LIST_HEAD(head);
  },
  ...run(
    (f) => {
      const entry = f.kzalloc(Entry);
      f.set_bit(entry.used);
      f.list_add(entry.node, head);
      f.clear_bit(entry.used);
    },
    (f) => {
      const entry = f.pointer('entry', Entry);
      f.if(f.list_next_entry(entry, head, 'node'), () => {
        f.set_bit(entry.used);
      });
    },
    (f) => {
      const entry = f.kzalloc(Entry);
      f.set_bit(entry.used);
    },
  ),
};

/** A chain of objects that nobody else can reach, beside one of the same types that all can. */
export const privateChain: TinyCase = {
  given: (f) => {
    const held = f.kzalloc(Thing);
    f.store(held.leaf, f.kzalloc(Leaf));
    f.store(thing, held);
    f.set_bit(x);
  },
  ...run(
    (f) => {
      const mine = f.kzalloc(Thing);
      const leaf = f.kzalloc(Leaf);
      f.store(mine.leaf, leaf);
      f.set_bit(leaf.used);
      f.set_bit(f.load(mine.leaf).used);
    },
    (f) => {
      // A number that is no object's, though it could be.
      const one = f.load(x);
      f.set_bit(f.load(f.load(thing).leaf).used);
      f.store(y, one);
    },
  ),
};

/** A list that nobody else can reach, beside one of the same types that all can. */
export const privateList: TinyCase = {
  given: (f) => {
    const shared = f.kzalloc(Parent);
    f.INIT_LIST_HEAD(shared.children);
    f.list_add(f.kzalloc(Entry).node, shared.children);
    f.store(parent, shared);
  },
  ...run(
    (f) => {
      const mine = f.kzalloc(Parent);
      f.INIT_LIST_HEAD(mine.children);
      const entry = f.kzalloc(Entry);
      f.list_add(entry.node, mine.children);
      f.set_bit(entry.used);
      f.list_del(entry.node);
      f.set_bit(entry.used);
    },
    (f) => {
      const shared = f.load(parent);
      const entry = f.pointer('entry', Entry);
      f.if(f.list_next_entry(entry, shared.children, 'node'), () => {
        f.set_bit(entry.used);
        f.list_del(entry.node);
      });
    },
  ),
};

/** A list whose head is a static, in a program whose first type is on no list. */
export const listBesideThings: TinyCase = {
  given: (f) => {
    f.store(thing, f.kzalloc(Thing));
    f.INIT_LIST_HEAD(head);
    f.list_add(f.kzalloc(Entry).node, head);
  },
  ...run(
    (f) => {
      const entry = f.pointer('entry', Entry);
      f.if(f.list_next_entry(entry, head, 'node'), () => {
        f.set_bit(entry.used);
        f.clear_bit(entry.used);
      });
    },
    (f) => {
      const entry = f.pointer('entry', Entry);
      f.if(f.list_prev_entry(entry, head, 'node'), () => {
        f.set_bit(entry.used);
      });
    },
  ),
};

/** What is dead is of another type than what a pointer is dropped to. */
export const otherDead: TinyCase = {
  given: (f) => {
    f.store(thing, f.kzalloc(Thing));
  },
  ...run(
    (f) => {
      const held = f.load(thing);
      f.set_bit(x);
      f.if(held, () => {
        f.set_bit(y);
      });
    },
    (f) => {
      const leaf = f.kzalloc(Leaf);
      f.kfree(leaf);
      f.store(spare, f.kzalloc(Thing));
      f.ignore(f.is_null(leaf));
    },
  ),
};
