/**
 * The C peer against the interpreter: the same seeds end in the same ways after the same steps. The programs are chosen so
 * that every operation and every rule about candidates has its turn.
 */
import { Sampler } from '@lastref/exploration';
import type { Kind, Program } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { CSampler, type CEnd } from './sampler.js';
import { Workshop } from '../../native/workshop.js';

const SEEDS = 1_000;
const COMPILING_MS = 60_000;

const workshop = new Workshop();
afterAll(() => {
  workshop.close();
});

const MEMORY: CEnd = 'memory';

/** What the C calls a failure of a kind. */
const END_OF: Partial<Record<Kind, CEnd>> = {
  'use-after-free': MEMORY,
  'double-free': MEMORY,
  'null-deref': MEMORY,
  'held-lock-freed': MEMORY,
  'module-text-fault': 'module',
  'refcount-underflow': 'refcount',
  'refcount-inc-from-zero': 'refcount',
  'list-corruption': 'list',
  'duplicate-name': 'name',
  'bad-removal': 'name',
  'busy-pool': 'pool',
  'bad-unlock': 'unlock',
  'sleep-in-atomic': 'atomic',
  invariant: 'invariant',
  deadlock: 'deadlock',
  'hung-task': 'hung',
  leak: 'leak',
};

interface Answer {
  readonly steps: number;
  readonly ends: Partial<Record<CEnd, number>>;
}

function interpreted(program: Program): Answer {
  const sampler = new Sampler(program, 'rw/1', { interpret: true });
  sampler.run(0, SEEDS);
  const { steps, cut, outside, signatures } = sampler.totals();
  const ends: Partial<Record<CEnd, number>> = { cut, outside };
  let clean = SEEDS - cut - outside;
  for (const { kind, report, count } of signatures) {
    const end = END_OF[kind];
    if (report || end === undefined) continue;
    ends[end] = (ends[end] ?? 0) + count;
    clean -= count;
  }
  return { steps, ends: { ...ends, clean } };
}

const compiler = workshop.run('cc', ['--version']) !== null;
const withCompiler = compiler ? it : it.skip;
const title = compiler ? '%s' : '%s (skipped: no C compiler, cc)';

const address = (name: string): [string, Program] => [name, compileAddress(name)];

const optionalReaders = (name: string): Program => {
  const program = compileAddress(name);
  return {
    ...program,
    tasks: program.tasks.map((task, t) => (t === 0 ? task : { ...task, optional: 40_000 })),
  };
};

withCompiler.each([
  address('mlx5/buggy/main'),
  address('mlx5/buggy/between-detach-and-destroy'),
  address('mlx5/buggy/slab-reused'),
  address('mlx5/clear-start-in-detach/reattach'),
  address('mlx5/rtnl-lock-in-show/main'),
  address('nbd/buggy/last-close'),
  address('nbd/fixed/open-allocation-fails'),
  address('nbd/fixed/stays-open'),
  address('nbd/fixed/server-dies-worker-stalled'),
  address('nbd/cleanup-does-not-wait/rmmod-after-disconnect'),
  address('nbd/without-genl-mutex/two-connects'),
  ['mlx5/buggy/main with optional readers', optionalReaders('mlx5/buggy/main')],
] satisfies [string, Program][])(
  title,
  (_, program) => {
    const c = CSampler.build(program, workshop);
    if (typeof c === 'string') throw new Error(c);
    const { totals, ends } = c.run(0, SEEDS);
    expect({ steps: totals.steps, ends }).toMatchObject(interpreted(program));
  },
  COMPILING_MS,
);
