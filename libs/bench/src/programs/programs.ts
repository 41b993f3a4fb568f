/**
 * Programs that only the benchmark needs, made from the catalogue's as data and validated like any program from outside: nbd
 * with more openers, and the largest sizes, far beyond search: nbd with four devices and eight openers, mlx5 with four ports
 * and eight readers. No milestones: the peers have none in their states.
 */
import {
  assert,
  parseProgram,
  type OpDecl,
  type Program,
  type TaskDecl,
  type TypeDecl,
} from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { multiplied } from './multiply.js';

/** Devices or ports of the largest sizes, and openers or readers of each. */
const UNITS = 4;
const ACTORS = 2;

/** One disconnect against `count` openers. @param address a case of nbd: its first task disconnects, its last opens */
export function openers(count: number, address = 'nbd/fixed/main'): Program {
  const main = withoutMilestones(compileAddress(address));
  const [disconnect, opener] = [main.tasks[0], main.tasks.at(-1)];
  assert(disconnect !== undefined && opener !== undefined, 'the case has its tasks');
  return checked({
    ...roomFor(main, count),
    case: `openers-${count}`,
    title: `disconnect against ${count} openers`,
    tasks: [
      disconnect,
      ...Array.from({ length: count }, (_, i) => ({ ...opener, name: `open (${i + 1})` })),
    ],
  });
}

/** Four devices of one driver, with its locks and its removal queue shared. @param address as for openers() */
export function fourDevices(address?: string): Program {
  const one = openers(1, address);
  const [disconnect, opener] = one.tasks;
  assert(disconnect !== undefined && opener !== undefined, 'the program with one opener is whole');
  const four = multiplied(one, {
    units: UNITS,
    each: [
      [disconnect, 1],
      [opener, ACTORS],
    ],
    once: [],
    isSetUpOnce: (op) => setsUpQueue(one, op),
  });
  return checked({
    ...four,
    case: 'four-devices',
    title: 'four devices, a disconnect and two openers each',
    modules: four.modules.map((module) => ({ ...module, max: UNITS * module.max })),
    types: four.types.map((type) => (isShared(type) ? type : { ...type, count: UNITS })),
    // A flush of the shared queue finds an item of every device, and one that runs.
    bodies: four.bodies.map((body) => ({
      ...body,
      locals: body.locals.map((local) =>
        local.name === 'ahead' ? { ...local, max: UNITS + 1 } : local,
      ),
    })),
  });
}

/** Two cards of two ports, shut down one port after the other, against two readers of speed on each. */
export function fourPorts(): Program {
  const one = withoutMilestones(compileAddress('mlx5/buggy/page-in-use'));
  const [reboot, reader] = one.tasks;
  assert(reboot !== undefined && reader !== undefined, 'the case has its tasks');
  const four = multiplied(one, {
    units: UNITS,
    each: [[reader, ACTORS]],
    once: [reboot],
    isSetUpOnce: ({ op, args }) => op === 'init_list_head' && args[0] === -1,
  });
  return checked({
    ...four,
    case: 'four-ports',
    title: 'reboot, four ports, two readers of speed on each',
    maxSteps: UNITS * four.maxSteps,
    // What a pool grows by comes on top of what each port has: only who holds rtnl makes one grow.
    types: four.types.map((type) => ({ ...type, count: UNITS + type.count - 1 })),
  });
}

const checked = (program: Program): Program => {
  const parsed = parseProgram(program);
  assert(
    parsed.ok,
    parsed.ok ? '' : parsed.errors.map((e) => `${e.pointer} ${e.message}`).join('; '),
  );
  return parsed.program;
};

const withoutMilestone = (op: OpDecl): OpDecl => {
  const { milestone, ...rest } = op;
  return milestone === undefined ? op : rest;
};

const fromTheStart = (task: TaskDecl): TaskDecl => {
  const { after, ...rest } = task;
  return after === undefined ? task : rest;
};

/** Everything in any order. */
const withoutMilestones = (program: Program): Program => ({
  ...program,
  milestones: [],
  reaches: [],
  order: [],
  code: program.code.map(withoutMilestone),
  tasks: program.tasks.map(fromTheStart),
});

/** Counts large enough for `more` holders than the program was written for. */
function roomFor(program: Program, more: number): Program {
  return {
    ...program,
    modules: program.modules.map((module) => ({ ...module, max: module.max + more })),
    types: program.types.map((type) => ({
      ...type,
      fields: type.fields.map((field) =>
        field.kind === 'refcount' && field.max !== undefined
          ? { ...field, max: Math.max(field.max, more + 3) }
          : field,
      ),
    })),
  };
}

/** The one removal queue of the driver, and what a connect has on its stack. */
const isShared = ({ name }: Pick<TypeDecl, 'name'>): boolean =>
  name === 'nbd_del_wq' || name === 'destroy_complete';

/** What nbd's prologue does once for the driver: allocating and storing its removal queue. */
function setsUpQueue(program: Program, { op, args }: OpDecl): boolean {
  if (op === 'kzalloc') return isShared(program.types[args[1] ?? -1] ?? { name: '' });
  return op === 'store' && args[0] === -1 && program.statics[args[1] ?? -1]?.name === 'nbd_del_wq';
}
