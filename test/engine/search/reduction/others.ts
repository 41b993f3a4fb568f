/** Programs about other waits, milestones, modules, faults, loops, and more resources than a word has bits. */
import { argument, flag, fn, statics, task, type Ref } from '@lastref/authoring';
import type { TinyCase } from '../../support/tiny.js';
import { Leaf, Thing, done, driver, run, sets, total, x, y, z } from './world.js';

export const completions: TinyCase = run(
  (f) => {
    f.set_bit(x);
    f.complete(done);
  },
  (f) => {
    f.wait_for_completion(done);
    f.set_bit(x);
  },
  sets(y, z),
  (f) => {
    f.wait_for_outside_world(y);
    f.set_bit(y);
  },
  (f) => {
    f.stay();
  },
);

export const milestones: TinyCase = {
  tasks: [
    task('early', (f) => {
      f.set_bit(z);
      f.milestone('early');
      f.set_bit(y);
    }),
    task('late', (f) => {
      f.milestone('late');
      f.set_bit(x);
    }),
    task('after', sets(x, y), { after: 'early' }),
    task('optional', sets(z), { optional: 32_768 }),
    task('last', (f) => {
      f.milestone('last');
      f.set_bit(z);
    }),
  ],
  order: [
    ['early', 'late'],
    ['late', 'last'],
  ],
};

const thingArgument = argument('thing', Thing);
export const handed: TinyCase = {
  given: (f) => {
    f.pass(thingArgument, f.kzalloc(Thing));
  },
  tasks: [
    task(
      'first',
      (f, mine: Ref<typeof Thing>) => {
        f.set_bit(mine.used);
        f.set_bit(x);
        f.set_bit(mine.used);
      },
      { args: [thingArgument] },
    ),
    task('second', sets(y, x)),
    task('third', (f) => {
      f.set_bit(f.kzalloc(Thing).used);
    }),
  ],
};

export const unloaded: TinyCase = {
  modules: [driver],
  tasks: [
    task('user', (f) => {
      f.if(f.try_module_get(driver), () => {
        f.call(
          fn('text', 'driver.c', (g) => {
            g.set_bit(x);
          }),
        );
        f.module_put(driver);
      });
    }),
    task('rmmod', (f) => {
      f.if(f.module_begin_exit(driver), () => {
        f.set_bit(y);
        f.module_free(driver);
      });
    }),
    task('other', sets(z, y)),
  ],
};

export const faults: TinyCase = {
  ...run(
    (f) => {
      const mine = f.kzalloc(Thing, 'no memory');
      f.if(mine, () => {
        f.set_bit(mine.used);
      });
    },
    (f) => {
      const mine = f.kzalloc(Leaf, 'no leaf');
      f.if(mine, () => {
        f.set_bit(mine.used);
      });
    },
    sets(x, y),
  ),
  faults: { budget: 1, points: { 'no memory': 1000, 'no leaf': 1000 } },
};

export const loops: TinyCase = run(
  (f) => {
    f.while(
      () => f.test_bit(x),
      () => {
        f.set_bit(y);
      },
    );
    f.atomic_inc(total);
  },
  (f) => {
    f.set_bit(x);
    f.atomic_inc(total);
  },
);

const many = statics(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`m${i}`, flag()])));
const flagAt = (i: number): typeof x => {
  const place = many[`m${i}`];
  if (place === undefined) throw new Error(`there is no flag ${i}`);
  return place;
};
export const manyFlags: TinyCase = run(
  (f) => {
    for (let i = 0; i < 3; i++) f.set_bit(flagAt(i));
  },
  (f) => {
    for (let i = 2; i < 36; i += 11) f.set_bit(flagAt(i));
  },
  (f) => {
    for (let i = 0; i < 40; i++) if (i % 5 === 4) f.ignore(f.test_bit(flagAt(i)));
    f.set_bit(flagAt(35));
  },
);

/** Two pairs of tasks that have nothing to do with each other. */
export const twoPairs: TinyCase = run(sets(x), sets(x), sets(y), sets(y));
