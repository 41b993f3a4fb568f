/**
 * A program per pair of resources: two threads hold one each and wait for the other's, and something else fails only while
 * the second is blocked and the first has not arrived yet (for `held` is cleared while both are held). A search that does not know of one of the two waits, or of one of
 * the two holdings, runs the first thread on into the deadlock, which ends the run, and loses that failure.
 */
import { flag, fn, statics, task, type FunctionBuilder, type TaskSpec } from '@lastref/authoring';
import type { Program } from '@lastref/kernel';
import { tiny, type TinyCase } from '../support/tiny.js';
import {
  DOMAINS,
  FIRST,
  NODES,
  owner,
  Owner,
  SECOND,
  SEMAPHORE,
  type Resource,
} from './resources.js';

const { held, own, blocked, written } = statics({
  held: flag(),
  own: flag(),
  blocked: flag(),
  written: flag(),
});

const watcher = fn('watcher', 'a.c', (f) => {
  f.if(f.test_bit(blocked), () => {
    f.if(f.test_bit(held), () => {
      f.invariant('nobody is blocked', 0);
    });
  });
});
const watch: TaskSpec['body'] = (f) => {
  f.call(watcher);
};
/** Alike, so that symmetry has something to exchange. */
const WATCHERS = [task('watcher', watch), task('another watcher', watch)];

/** The failure beside the deadlock. */
export const SEEN = 'invariant@watcher(nobody is blocked)';

export interface Pair {
  readonly title: string;
  readonly program: Program;
}

export const deadlockPairs = (): Pair[] => pairs(true);

/** The same without a deadlock: the second waits for nothing. */
export const acyclicPairs = (): Pair[] => pairs(false);

function pairs(isCycle: boolean): Pair[] {
  return Object.entries(FIRST).flatMap(([first, mine]) =>
    Object.entries(SECOND)
      .filter(([, theirs]) => mine.atomic === theirs.atomic)
      .map(([second, theirs]) => ({
        title: `${first} + ${second}`,
        program: tiny(pair(mine, theirs, isCycle)),
      })),
  );
}

/** Runs the body while it holds the resource; for a queue the caller puts it into an item. */
const holding = (resource: Resource, f: FunctionBuilder, inside: () => void): void => {
  if (resource.hold === undefined) inside();
  else resource.hold(f, inside);
};

/** What waits for its time does not wait for all others as well. */
const whenever = (...resources: readonly Resource[]): Pick<TinyCase, 'timeouts'> =>
  resources.some(({ queue }) => queue?.timed === true) ? { timeouts: 'any' } : {};

function pair(mine: Resource, theirs: Resource, isCycle: boolean): TinyCase {
  const first = (f: FunctionBuilder): void => {
    const queue = theirs.queue?.load(f) ?? null;
    holding(mine, f, () => {
      f.set_bit(held);
      f.set_bit(own);
      theirs.wait(f, queue, () => {
        f.clear_bit(held);
      });
    });
  };
  const second = (f: FunctionBuilder): void => {
    const queue = mine.queue?.load(f) ?? null;
    holding(theirs, f, () => {
      f.if(f.test_bit(held), () => {
        f.set_bit(blocked);
        if (isCycle) mine.wait(f, queue, () => undefined);
      });
    });
  };
  const threads = [
    { resource: mine, body: fn('first', 'a.c', first), item: fn('first_item', 'a.c', first) },
    { resource: theirs, body: fn('second', 'a.c', second), item: fn('second_item', 'a.c', second) },
  ];
  const tasks = threads.flatMap(({ resource, body }, i) =>
    resource.queue === undefined
      ? [
          task(`thread ${i}`, (f) => {
            f.call(body);
          }),
        ]
      : [],
  );
  return {
    works: threads.flatMap(({ resource: { queue }, item }) =>
      queue === undefined ? [] : [[Owner, queue.field, item] as const],
    ),
    given: (f) => {
      for (const node of NODES) f.kernfs_create(node);
      for (const domain of DOMAINS) f.init_srcu_struct(domain);
      const embedding = f.kzalloc(Owner);
      f.store(owner, embedding);
      for (const { queue } of [mine, theirs]) {
        if (queue === undefined) continue;
        queue.make(f);
        queue.start(f, embedding);
      }
    },
    tasks: [...tasks, ...WATCHERS],
    ...whenever(mine, theirs),
  };
}

/** Cycles of three, by a writer that waits: it keeps out a reader that the reader it waits for waits for. */
export function waitingWriters(): Pair[] {
  return Object.entries(SECOND)
    .filter(([, { atomic }]) => atomic !== true)
    .map(([title, theirs]) => ({ title, program: tiny(waitingWriter(theirs)) }));
}

function waitingWriter(theirs: Resource): TinyCase {
  const { queue } = theirs;
  const first = fn('first', 'a.c', (f) => {
    const loaded = queue?.load(f) ?? null;
    f.down_read(SEMAPHORE);
    f.set_bit(held);
    f.set_bit(own);
    theirs.wait(f, loaded, () => {
      f.clear_bit(held);
    });
    f.up_read(SEMAPHORE);
  });
  const writer = fn('writer', 'a.c', (f) => {
    f.milestone('arrived');
    f.down_write(SEMAPHORE);
    f.set_bit(written);
    f.up_write(SEMAPHORE);
  });
  const second = fn('second', 'a.c', (f) => {
    holding(theirs, f, () => {
      f.if(f.test_bit(held), () => {
        f.unless(f.test_bit(written), () => {
          f.set_bit(blocked);
          f.down_read(SEMAPHORE);
          f.up_read(SEMAPHORE);
        });
      });
    });
  });
  return {
    works: queue === undefined ? [] : [[Owner, queue.field, second] as const],
    given: (f) => {
      for (const node of NODES) f.kernfs_create(node);
      for (const domain of DOMAINS) f.init_srcu_struct(domain);
      f.store(owner, f.kzalloc(Owner));
      queue?.make(f);
    },
    tasks: [
      task('first', (f) => {
        f.call(first);
      }),
      task('writer', (f) => {
        f.call(writer);
      }),
      task(
        'second',
        (f) => {
          if (queue === undefined) f.call(second);
          else queue.start(f, f.load(owner));
        },
        { after: 'arrived' },
      ),
      ...WATCHERS,
    ],
    ...whenever(theirs),
  };
}
