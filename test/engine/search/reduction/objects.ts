/** Programs about objects: private ones and shared ones, by pointers, tables and lists. */
import type { TinyCase } from '../../support/tiny.js';
import { Entry, Leaf, Thing, head, run, spare, thing, things, x, y } from './world.js';

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
