/** A host is its parts side by side: none of them rewritten, each in its own context, names told where they clash. */
import type { Program } from '@lastref/kernel';
import type { FunctionBuilder } from '../builder/function-builder.js';
import { compile } from '../compile/compile.js';
import { argument } from '../language/argument.js';
import { fn } from '../language/fn.js';
import { Idr, KernelModule, statics } from '../language/globals.js';
import { parameter } from '../language/parameter.js';
import { task, type CaseSpec, type Scenario } from '../language/scenario.js';
import { flag, mutex, ptr, refcount, Struct, work, Workqueue } from '../language/struct.js';
import type { Ref } from '../language/values.js';
import { composed } from './compose.js';
import type { Composition } from './composition.js';

/** What both parts take from one declaration. */
const { rtnl_mutex } = statics({ rtnl_mutex: mutex() });
const handed = argument('handed', 1);

class Wq extends Workqueue {
  static override readonly tag = 'wq';
}

/** A part with a struct, a static, an idr, a module and a work function of its own, all under the same names. */
function part(name: string, spec: Partial<CaseSpec> = {}): Scenario {
  class Device extends Struct {
    static override readonly tag = 'device';
    static override readonly count = 2;
    refs = refcount(3);
    seen = flag();
    release = work();
  }
  const { lock, queue, kept } = statics({
    lock: mutex(),
    queue: ptr(() => Wq),
    kept: ptr(() => Device),
  });
  const map = new Idr('map', Device, 2);
  const module = new KernelModule('driver', 3, [`${name}.c`]);
  const release = fn('release', `${name}.c`, (f, device: Ref<typeof Device>) => {
    if (f.is('twice')) f.set_bit(device.seen);
    f.set_bit(device.seen);
  });
  const use = fn('use', `${name}.c`, (f) => {
    f.mutex_lock(rtnl_mutex);
    f.mutex_lock(lock);
    f.milestone('used');
    for (let i = 0; i < f.param('times'); i++) f.queue_work(f.load(queue), f.load(kept).release);
    f.mutex_unlock(lock);
    f.mutex_unlock(rtnl_mutex);
  });
  const body = (f: FunctionBuilder): void => {
    f.call(use);
  };
  return {
    name,
    title: name,
    switches: { twice: 'sets it twice' },
    params: { times: parameter('times', { min: 1, max: 3, default: 1 }) },
    modules: [module],
    works: [[Device, 'release', release]],
    variants: {
      once: { title: 'once', switches: [], cases: { main: main() } },
      twice: { title: 'twice', switches: ['twice'], cases: { main: main() } },
    },
  };
  function main(): CaseSpec {
    return {
      title: name,
      given: (f) => {
        f.store(queue, f.alloc_workqueue(Wq));
        const device = f.kzalloc(Device);
        f.ignore(f.idr_alloc(map, 0, device));
        f.store(kept, device);
        f.pass(handed, 1);
      },
      tasks: [task(`use ${name}`, body), task(`use ${name} too`, body)],
      reaches: ['used'],
      ...spec,
    };
  }
}

const [net, block] = [part('net'), part('block')];
const APART = ['device', 'lock', 'queue', 'kept', 'map', 'driver'];
const both: Composition = {
  parts: [
    { of: net, variant: 'once', case: 'main' },
    { of: block, variant: 'twice', case: 'main', params: { times: 2 } },
  ],
  apart: APART,
};

const hostOf = (composition: Composition, title = 'both'): Scenario => ({
  name: 'host',
  title: 'a host',
  switches: {},
  variants: {
    all: { title: 'all', switches: [], cases: { main: composed(title, {}, () => composition) } },
  },
});
const built = (composition: Composition): Program => compile(hostOf(composition), 'host/all');
function errorOf(composition: Composition): string {
  try {
    built(composition);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
const operationsIn = ({ code, frames, functions }: Program, file: string, op: string): number =>
  code.filter((one) => one.op === op && functions[frames[one.frame]?.fn ?? -1]?.file === file)
    .length;

describe('parts side by side', () => {
  const program = built(both);

  it('have their tasks, in the order of the parts, sharing code as they do alone', () => {
    expect(program.tasks.map(({ name }) => name)).toEqual([
      'use net',
      'use net too',
      'use block',
      'use block too',
    ]);
    const [a, b, c, d] = program.tasks.map(({ body }) => body);
    expect([a === b, c === d, a === c]).toEqual([true, true, false]);
  });

  it('have switches and parameters that hold in their own code alone, also in work functions', () => {
    expect(operationsIn(program, 'net.c', 'queue_work')).toBe(1);
    expect(operationsIn(program, 'block.c', 'queue_work')).toBe(2);
    const stores = (file: string): number => operationsIn(program, file, 'store');
    expect([stores('net.c'), stores('block.c')]).toEqual([1, 2]);
  });

  it('have one thing where they take it from one declaration', () => {
    expect(program.statics.filter(({ name }) => name === 'rtnl_mutex')).toHaveLength(1);
    expect(program.types.filter(({ name }) => name === 'wq')).toMatchObject([{ count: 2 }]);
  });

  it('have things apart under names that stay as they are', () => {
    expect(program.types.flatMap(({ name, part: of }) => (name === 'device' ? [of] : []))).toEqual([
      'net',
      'block',
    ]);
    expect(program.statics.flatMap(({ name, part: of }) => (name === 'lock' ? [of] : []))).toEqual([
      'net',
      'block',
    ]);
    expect(program.tables.map(({ part: of }) => of)).toEqual(['net', 'block']);
    expect(program.modules.map(({ part: of }) => of)).toEqual(['net', 'block']);
  });

  it('have milestones of their own', () => {
    expect(program.milestones).toEqual(['net:used', 'block:used']);
  });

  it('alone, a program says nothing of parts', () => {
    expect(JSON.stringify(compile(net, 'net/once'))).not.toContain('"part"');
  });
});

describe('a joined task', () => {
  const joins = [
    {
      task: 'use all',
      runs: [
        ['net', 'use net'],
        ['block', 'use block'],
      ] as const,
    },
  ];

  it('runs the tasks of the parts one after the other, in place of them', () => {
    const { tasks } = built({ ...both, joins });
    expect(tasks.map(({ name }) => name)).toEqual(['use all', 'use net too', 'use block too']);
  });

  it('of a part or a task that is not there', () => {
    expect(errorOf({ ...both, joins: [{ task: 'x', runs: [['nett', 'use net']] }] })).toBe(
      "host/all/main: 'x' joins a task of 'nett', which is no part; did you mean 'net'? There are: net, block",
    );
    expect(errorOf({ ...both, joins: [{ task: 'x', runs: [['net', 'use nat']] }] })).toContain(
      "'x' joins 'use nat', which is no task of part 'net'; did you mean 'use net'? It has: use net, use net too",
    );
  });

  it('that is joined already', () => {
    expect(errorOf({ ...both, joins: [...joins, ...joins] })).toContain(
      "task 'use net' is joined twice",
    );
  });
});

describe('names that clash', () => {
  const without = (name: string): Composition => ({
    ...both,
    apart: APART.filter((other) => other !== name),
  });
  const PLACE = String.raw`\(\S*compose\.spec\.ts:\d+:\d+\)`;

  it.each([
    ['lock', 'two static variables are called'],
    ['map', 'two idrs are called'],
    ['driver', 'two modules are called'],
  ])('%s: both places, and the two ways to mend it', (name, what) => {
    expect(errorOf(without(name))).toMatch(
      new RegExp(
        `^host/all/main: ${what} '${name}': one ${PLACE} and one ${PLACE}; list '${name}' in shared of the composition if they are one thing, list '${name}' in apart if they are two, or give them different names$`,
      ),
    );
  });

  it('a struct is one thing only if its class is', () => {
    expect(errorOf(without('device'))).toMatch(
      new RegExp(
        `two structs have the tag 'device': class Device, used first ${PLACE} and class Device ${PLACE}; list 'device' in apart if they are two, or give them different names$`,
      ),
    );
  });

  it('shared, two declarations are one thing', () => {
    const program = built({ ...without('lock'), shared: ['lock'] });
    expect(program.statics.filter(({ name }) => name === 'lock')).toHaveLength(1);
  });

  it('what is declared differently cannot be shared', () => {
    expect(errorOf({ ...without('map'), shared: ['map'] })).toContain(
      "'map' cannot be shared: the two idrs are declared differently",
    );
  });

  it('a name that no part declares', () => {
    expect(errorOf({ ...both, shared: ['rtnl_mutx'] })).toContain(
      "the composition speaks of 'rtnl_mutx', and no part declares it; did you mean 'rtnl_mutex'?",
    );
  });

  it('tasks of one name, unless they are prefixed', () => {
    const same = (name: string): Scenario =>
      part(name, {
        tasks: [
          task('stop', (f) => {
            f.mutex_lock(rtnl_mutex);
          }),
        ],
        reaches: [],
      });
    const twins: Composition = {
      parts: [
        { of: same('a'), variant: 'once', case: 'main' },
        { of: same('b'), variant: 'once', case: 'main' },
      ],
      apart: APART.filter((name) => name !== 'lock' && name !== 'driver'),
    };
    expect(errorOf(twins)).toMatch(
      new RegExp(
        `two tasks are called 'stop': one of part 'a' ${PLACE} and one of part 'b' ${PLACE}; join them if they are one, or set prefixTasks$`,
      ),
    );
    expect(built({ ...twins, prefixTasks: true }).tasks.map(({ name }) => name)).toEqual([
      'a: stop',
      'b: stop',
    ]);
  });
});

describe('a composition that is none', () => {
  it('without parts', () => {
    expect(errorOf({ parts: [] })).toBe(
      'host/all/main: a composition without parts: name at least one',
    );
  });

  it('of one scenario twice', () => {
    const [first] = both.parts;
    const parts = first === undefined ? [] : [first, { ...first, name: 'again' }];
    expect(errorOf({ parts })).toContain(
      "parts 'net' and 'again' are both of scenario 'net': a host runs one version of a driver",
    );
  });

  it('of itself', () => {
    const inner = hostOf({
      get parts() {
        return [{ of: inner, variant: 'all', case: 'main' }];
      },
    });
    expect(() => compile(inner, 'host/all')).toThrow(
      "host/all/main: part 'host' is a composition itself: compose the parts of host/all/main directly",
    );
  });

  it('of a variant, a case, or a value that is not there', () => {
    const of = (variant: string, key: string, times: number): string =>
      errorOf({ parts: [{ of: net, variant, case: key, params: { times } }] });
    expect(of('onse', 'main', 1)).toContain("net has no variant 'onse'; did you mean 'once'?");
    expect(of('once', 'mian', 1)).toContain("net/once has no case 'mian'; did you mean 'main'?");
    expect(of('once', 'main', 9)).toMatch(
      /^host\/all\/main: part 'net', net\/once\/main: the case sets parameter 'times' to 9; it is an integer from 1 to 3/,
    );
  });

  it('of policies for freed memory that differ', () => {
    const zeroed = part('zero', { reuse: 'zeroed' });
    expect(
      errorOf({
        parts: [
          { of: net, variant: 'once', case: 'main' },
          { of: zeroed, variant: 'once', case: 'main' },
        ],
        apart: APART,
      }),
    ).toContain(
      "part 'net' has reuse 'quarantine' and part 'zero' 'zeroed': freed memory has one policy in the whole host",
    );
  });
});
