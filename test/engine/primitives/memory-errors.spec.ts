/** Every operation that goes through a pointer to a field notices a stale one and NULL, and goes no further. */
import {
  atomic,
  completion,
  delayed_work,
  devres,
  field,
  flag,
  fn,
  hrtimer,
  irq,
  kernfs,
  list,
  mutex,
  ptr,
  refcount,
  rwsem,
  spinlock,
  srcu,
  Struct,
  task,
  tasklet,
  threaded_irq,
  timer,
  waitqueue,
  work,
  Workqueue,
  type FunctionBuilder,
  type Ref,
} from '@lastref/authoring';
import {
  FIELD_KIND_NAMES,
  fieldKindOf,
  OP_NAMES,
  specOf,
  type FieldKindName,
  type Operand,
  type OpName,
} from '@lastref/kernel';
import { CALLED, callOf, isCondition } from '../random/placement.js';
import { proveTiny } from '../support/tiny.js';

class Wq extends Workqueue {
  static override readonly tag = 'wq';
}
class Device extends Struct {
  static override readonly tag = 'device';
  int = flag();
  ptr = ptr(() => Device);
  refcount = refcount(2);
  atomic = atomic(2, -2);
  mutex = mutex();
  spinlock = spinlock();
  rwsem = rwsem();
  rwlock = field('rwlock');
  completion = completion();
  kernfs = kernfs();
  devres = devres(2);
  srcu = srcu();
  list = list();
  waitqueue = waitqueue();
  work = work();
  delayed_work = delayed_work();
  timer = timer();
  hrtimer = hrtimer();
  irq = irq();
  threaded_irq = threaded_irq();
  tasklet = tasklet();

  constructor() {
    super();
    for (const kind of FIELD_KIND_NAMES)
      if (!Object.hasOwn(this, kind) && fieldKindOf(kind).names === 'nothing')
        Reflect.set(this, kind, field(kind as Exclude<FieldKindName, 'ptr'>));
  }
}

const isImplicit = (operand: Operand): boolean =>
  operand.is === 'place' && operand.implicit === true;

function argumentOf(
  operand: Operand,
  f: FunctionBuilder,
  device: Ref<typeof Device>,
  member: string,
): unknown {
  switch (operand.is) {
    case 'place': {
      const place: unknown = Reflect.get(device, operand.of[0] ?? '');
      if (place === undefined) throw new Error(`Device has no ${operand.of.join(' or ')}`);
      return place;
    }
    case 'pointer':
      return f.kzalloc(Wq);
    case 'dst':
      return f.pointer('found', Device);
    case 'member':
      return member;
    default:
      return 1;
  }
}

function call(name: OpName, f: FunctionBuilder, device: Ref<typeof Device>): void {
  const { name: called = name, setsArgument } = callOf(name);
  const operands = specOf(name).operands.filter(
    (one) =>
      one.is !== 'ambient' && (one.is !== 'dst' || setsArgument === true) && !isImplicit(one),
  );
  const member = name.startsWith('hlist') ? 'hlist_node' : 'list';
  const method: unknown = Reflect.get(f, called);
  if (typeof method !== 'function') throw new Error(`no call ${called}`);
  const result: unknown = Reflect.apply(
    method,
    f,
    operands.map((one) => argumentOf(one, f, device, member)),
  );
  if (isCondition(name)) f.ignore(result as Parameters<FunctionBuilder['ignore']>[0]);
}

const through = CALLED.filter((name) =>
  specOf(name).operands.some((one) => one.is === 'place' && !isImplicit(one)),
);

const worked = fn('worked', 'a.c', () => undefined);

/** Of every kind that runs a function: one each, since a function is run by one kind. */
const RUN = ['work', 'delayed_work', 'timer', 'hrtimer', 'irq', 'threaded_irq', 'tasklet'] as const;
const WORKS = RUN.map((name) => [Device, name, worked] as const);

const failures = (name: OpName, get: (f: FunctionBuilder) => Ref<typeof Device>) =>
  proveTiny({
    works: WORKS,
    tasks: [
      task('1', (f) => {
        f.call(
          fn('use', 'a.c', (g) => {
            call(name, g, get(g));
            g.invariant('it went on', 0);
          }),
        );
      }),
    ],
  }).failures;

it('they are most operations', () => {
  expect(through.length).toBeGreaterThan(OP_NAMES.length / 2);
});

it.each(through)('%s of a freed object is a use after free', (name) => {
  const found = failures(name, (f) => {
    const device = f.kzalloc(Device);
    f.kfree(device);
    return device;
  });
  expect(found).toEqual(['use-after-free@use(device freed by use)']);
});

it.each(through)('%s through NULL is a dereference of it', (name) => {
  const found = failures(name, (f) => f.pointer('device', Device));
  expect(found).toEqual([expect.stringMatching(/^null-deref@use\(device/)]);
});

it.each<[call: string, use: (f: FunctionBuilder, device: Ref<typeof Device>) => void]>([
  [
    'check',
    (f, device) => {
      f.check('one', device.int, '==', 1);
    },
  ],
  [
    'refcount_dec_not_one',
    (f, device) => {
      f.ignore(f.refcount_dec_not_one(device.refcount));
    },
  ],
])('%s of a freed object is a use after free, and no other failure', (_call, use) => {
  const { failures: found } = proveTiny({
    tasks: [
      task('1', (f) => {
        f.call(
          fn('use', 'a.c', (g) => {
            const device = g.kzalloc(Device);
            g.kfree(device);
            use(g, device);
            g.invariant('it went on', 0);
          }),
        );
      }),
    ],
  });
  expect(found).toEqual(['use-after-free@use(device freed by use)']);
});

describe('a queue', () => {
  const using = (use: (f: FunctionBuilder, wq: Ref<typeof Wq>) => void, stale: boolean) =>
    proveTiny({
      works: WORKS,
      tasks: [
        task('1', (f) => {
          f.call(
            fn('use', 'a.c', (g) => {
              const wq = stale ? g.kzalloc(Wq) : g.pointer('wq', Wq);
              if (stale) g.destroy_workqueue(wq);
              use(g, wq);
              g.invariant('it went on', 0);
            }),
          );
        }),
      ],
    }).failures;

  const uses: [call: string, use: (f: FunctionBuilder, wq: Ref<typeof Wq>) => void][] = [
    [
      'queue_work',
      (f, wq) => {
        f.queue_work(wq, f.kzalloc(Device).work);
      },
    ],
    [
      'flush_workqueue',
      (f, wq) => {
        f.flush_workqueue(wq);
      },
    ],
    [
      'destroy_workqueue',
      (f, wq) => {
        f.destroy_workqueue(wq);
      },
    ],
  ];

  it.each(uses)('given to %s after it was destroyed is a use after free', (_call, use) => {
    expect(using(use, true)).toEqual(['use-after-free@use(wq freed by use)']);
  });

  it.each(uses)('given to %s as NULL is a dereference of it', (_call, use) => {
    expect(using(use, false)).toEqual([expect.stringMatching(/^null-deref@use\(wq/)]);
  });
});
