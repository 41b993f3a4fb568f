/**
 * Where the reduction sees that a task can become part of a deadlock: steps that lead to such a wait, and queues whose worker
 * can get there, in small programs with every pair of waits, in a cycle and out of one. wait-cycles.golden.txt has them;
 * `npm run golden` writes it. A step that is missing there is a failure that a reduced proof loses.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fn, mutex, ptr, statics, Struct, task, work, Workqueue } from '@lastref/authoring';
import { tablesOf, type Program } from '@lastref/kernel';
import { WaitCycles } from '../../../libs/exploration/src/search/reduction/wait-cycles.js';
import { acyclicPairs, deadlockPairs, waitingWriters } from '../deadlocks/programs.js';
import { tiny } from '../support/tiny.js';

class Wq extends Workqueue {
  static override readonly tag = 'wq';
}
class Items extends Struct {
  static override readonly tag = 'items';
  idle = work();
  locks = work();
}

const GOLDEN = join(__dirname, 'wait-cycles.golden.txt');

const told = (program: Program): string => {
  const { unsafe, unsafeTake } = new WaitCycles(tablesOf(program));
  const steps = unsafe.flatMap((is, pc) => (is ? [`${pc} ${program.code[pc]?.op ?? ''}`] : []));
  const queues = unsafeTake.flatMap((is, type) => (is ? [program.types[type]?.name ?? ''] : []));
  return [...steps, ...queues].join(', ');
};

/** Built when a test asks for them: a mutant elsewhere does not. */
const programs = () => [
  ...deadlockPairs().map(({ title, program }) => ({ title: `cycle of ${title}`, program })),
  ...waitingWriters().map(({ title, program }) => ({ title: `writer before ${title}`, program })),
  ...acyclicPairs().map(({ title, program }) => ({ title: `no cycle of ${title}`, program })),
];

it('sees the steps and queues of the golden file', () => {
  const lines = programs().map(({ title, program }) => `${title}: ${told(program)}`);
  const text = `${lines.join('\n')}\n`;
  if (process.env['WRITE_GOLDEN'] === '1') writeFileSync(GOLDEN, text);
  expect(text).toBe(readFileSync(GOLDEN, 'utf8'));
});

it('sees some wherever there is a cycle', () => {
  for (const { title, program } of programs())
    if (!title.startsWith('no cycle')) expect([title, told(program)]).not.toEqual([title, '']);
});

describe('of three locks', () => {
  const locks = statics({ a: mutex(), b: mutex(), c: mutex() });
  type Name = keyof typeof locks;
  const takes = (...pairs: readonly (readonly [Name, Name])[]): string =>
    told(
      tiny({
        tasks: pairs.map(([outer, inner]) =>
          task(`${outer} ${inner}`, (f) => {
            f.mutex_lock(locks[outer]);
            f.mutex_lock(locks[inner]);
            f.mutex_unlock(locks[inner]);
            f.mutex_unlock(locks[outer]);
          }),
        ),
      }),
    );

  it('a cycle is seen in whatever order its waits stand in the program', () => {
    const [ab, bc, ca] = [['a', 'b'] as const, ['b', 'c'] as const, ['c', 'a'] as const];
    for (const order of [
      [ab, bc, ca],
      [ab, ca, bc],
      [ca, bc, ab],
    ])
      expect(takes(...order).split(', ')).toHaveLength(3);
  });

  it('a chain is none', () => {
    expect(takes(['a', 'b'], ['b', 'c'], ['a', 'c'])).toBe('');
  });
});

it('a try waits for nobody', () => {
  const { outer, inner } = statics({ outer: mutex(), inner: mutex() });
  const program = tiny({
    tasks: [
      task('tries', (f) => {
        f.mutex_lock(outer);
        f.if(f.mutex_trylock(inner), () => {
          f.mutex_unlock(inner);
        });
        f.mutex_unlock(outer);
      }),
      task('locks', (f) => {
        f.mutex_lock(inner);
        f.mutex_lock(outer);
        f.mutex_unlock(outer);
        f.mutex_unlock(inner);
      }),
    ],
  });
  expect(told(program)).toBe('');
});

describe('a worker', () => {
  const { a, b, wq, owner } = statics({
    a: mutex(),
    b: mutex(),
    wq: ptr(() => Wq),
    owner: ptr(() => Items),
  });
  const both = (first: typeof a, second: typeof b) =>
    fn('both', 'a.c', (f) => {
      f.mutex_lock(first);
      f.mutex_lock(second);
      f.mutex_unlock(second);
      f.mutex_unlock(first);
    });
  const queues = (inItem: ReturnType<typeof both>, beside: ReturnType<typeof both>) =>
    told(
      tiny({
        works: [
          [Items, 'idle', fn('idle', 'a.c', () => undefined)],
          [Items, 'locks', inItem],
        ],
        given: (f) => {
          f.store(wq, f.alloc_workqueue(Wq));
          f.store(owner, f.kzalloc(Items));
          f.queue_work(f.load(wq), f.load(owner).idle);
          f.queue_work(f.load(wq), f.load(owner).locks);
        },
        tasks: [
          task('locks', (f) => {
            f.call(beside);
          }),
        ],
      }),
    )
      .split(', ')
      .filter((name) => ['wq', 'items'].includes(name));

  it('can get into a cycle by an item whose first step waits in one', () => {
    const flushes = fn('flushes', 'a.c', (f) => {
      f.mutex_lock(a);
      f.flush_workqueue(f.load(wq));
      f.mutex_unlock(a);
    });
    expect(queues(both(a, b), flushes)).toEqual(['wq']);
  });

  it('cannot where its items lock in the same order as everybody', () => {
    expect(queues(both(a, b), both(a, b))).toEqual([]);
  });
});
