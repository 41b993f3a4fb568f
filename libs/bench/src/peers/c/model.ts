/**
 * A program as C: memory, waiting, deadlocks and ends as functions, and the steps as the body of one switch over program
 * counters, for the program around it to place. Written as one would by hand for this very program: slots, bounds and
 * types are literals, and what the program has no use for is not there. The one model behind both C peers, sampling and
 * Spin's pan. Limits: byte slots; counting states knows no draws, order or timeouts. It says what it lacks.
 */
import { at, Machine, tablesOf, type Program, type Tables } from '@lastref/kernel';
import { mayHoldSpinlock } from './atomic.js';
import { arrival, blocking, holdsSpinlock, waitsOf, type Waits } from './blocking.js';
import { ending } from './ending.js';
import { CLayout, type CTarget } from './layout.js';
import type { COperations } from './operation.js';
import { C_OPERATIONS } from './operations.js';
import { goneHeads } from './operations/lists.js';
import { pools } from './pools.js';
import { AT_DEATH } from './release.js';
import { Site } from './site.js';
import { flushed, takeItem } from './workers.js';

/** How a run can end, by number; the failures come last. */
export const C_ENDS = [
  'clean',
  'cut',
  'outside',
  'memory',
  'refcount',
  'unlock',
  'name',
  'deadlock',
  'hung',
  'leak',
  'bound',
  'list',
  'pool',
  'invariant',
  'module',
  'atomic',
] as const;
export const FIRST_FAILURE = 3;

export interface CModel {
  readonly ok: true;
  readonly c: CLayout;
  readonly operations: COperations;
  /** Tables and functions over the state: B, W and what the target keeps beside them. */
  readonly text: string;
  /** `switch` over W[t], and the labels it jumps to. Ends at `done`, `stuck` or by fail(). */
  readonly steps: string;
}

export type CModelResult = CModel | { readonly ok: false; readonly reason: string };

export function cModel(
  program: Program,
  target: CTarget,
  operations: COperations = C_OPERATIONS,
): CModelResult {
  const missing = unknown(program, operations);
  if (missing !== null) return { ok: false, reason: missing };
  const tables = tablesOf(program);
  const reason = unsupported(program, tables, target);
  if (reason !== null) return { ok: false, reason };
  const c = new CLayout(tables, target);
  const sites = program.code
    .map((_, pc) => new Site(c, pc))
    .filter(({ pc, body }) => pc > 0 && body !== program.given);
  const atomic = mayHoldSpinlock(program, operations);
  const waits = waitsOf(sites, operations, atomic);
  const text = [
    declarations(c),
    atomic.size > 0 ? holdsSpinlock(c) : '',
    pools(c),
    goneHeads(c),
    flushed(sites.filter(({ op }) => op === 'flush_workqueue_wait')),
    blocking(c, waits),
    ending(c, operations),
  ].join('');
  return { ok: true, c, operations, text, steps: steps({ c, operations, sites, waits, atomic }) };
}

/** What the program uses that has no C, by its name. */
function unknown({ code, types, statics }: Program, operations: COperations): string | null {
  const op = code.find(({ op: name }) => operations[name] === undefined);
  if (op !== undefined) return `the operation ${op.op} has no C`;
  const fields = [...statics, ...types.flatMap((type) => type.fields)];
  const field = fields.find(({ kind }) => AT_DEATH[kind] === undefined);
  return field === undefined ? null : `fields of kind ${field.kind} have no C`;
}

function unsupported(program: Program, tables: Tables, target: CTarget): string | null {
  const { slots, tasks } = tables.layout;
  if (slots.some(({ max, name }) => max > 255 && !name.endsWith('.pc')) || tasks.length > 24)
    return 'the C model has byte slots only';
  if (program.types.some(({ workers }) => workers !== undefined))
    return 'the C model has queues with one worker only';
  if (tables.anyTime || tasks.some(({ kind }) => kind === 'timer' || kind === 'handler'))
    return 'the C model knows no timers and no interrupts';
  if (target === 'sampling') return null;
  if (program.tasks.some((task) => task.optional !== undefined || task.after !== undefined))
    return 'the C model counts no states with optional or late tasks';
  if (program.order.length > 0) return 'the C model counts no states with an order';
  if (program.faults.budget > 0 && program.faults.points.length > 0)
    return 'the C model counts no states with faults';
  return tables.hasTimeouts ? 'the C model counts no states with timeouts' : null;
}

function declarations({ tables }: CLayout): string {
  const { layout } = tables;
  const ends = C_ENDS.map((name) => name.toUpperCase());
  return `
#define TASKS ${layout.tasks.length}
enum { ${ends.join(', ')} };
static const short LOCALS[] = {${layout.tasks.map(({ locals }) => locals).join(',')}};
static const unsigned char TYPE[] = {${Array.from(tables.typeOf).join(',')}};
`;
}

interface StepsOf {
  readonly c: CLayout;
  readonly operations: COperations;
  readonly sites: readonly Site[];
  readonly waits: Waits;
  /** Program counters at which a spinlock may be held. */
  readonly atomic: ReadonlySet<number>;
}

function steps({ c, operations, sites, waits, atomic }: StepsOf): string {
  const gone = new Set(
    c.program.code.flatMap(({ op, args }) => (op === 'module_free' ? [at(args, 0)] : [])),
  );
  const cases: string[] = [];
  const labels = ['P0: W[t] = 0; REST(bit); goto done;'];
  for (const site of sites) {
    const { pc, spec, op } = site;
    const statements = operations[op]?.run(site) ?? '';
    if (spec.local === true) {
      labels.push(`P${pc}: ${statements}`);
      continue;
    }
    if (op === 'stay') {
      labels.push(`P${pc}: W[${site.t}] = ${pc}; REST(${site.bit}); goto done;`);
      continue;
    }
    cases.push(`case ${pc}: { ${before(c, site, gone, atomic)}${statements} }`);
    labels.push(`P${pc}: W[${site.t}] = ${pc}; ${arrival(site, waits)}goto done;`);
  }
  c.tables.layout.tasks.forEach(({ kind }, t) => {
    if (kind === 'worker') cases.push(`case ${c.idle(t)}: { ${takeItem(c, t, gone)} }`);
  });
  return `switch (W[t]) {
${cases.join('\n')}
}
__builtin_unreachable();
${labels.join('\n')}`;
}

/** What is checked and noted before an operation runs. */
function before(
  c: CLayout,
  site: Site,
  gone: ReadonlySet<number>,
  atomic: ReadonlySet<number>,
): string {
  const { layout, moduleText } = c.tables;
  const text = [...gone]
    .filter((module) => (at(moduleText, site.pc) & (1 << module)) !== 0)
    .map((module) => `if (B[${at(layout.modules, module) + 1}] == 2) fail(MODULE); `);
  const sleeps =
    site.spec.sleeps && atomic.has(site.pc) ? `if (holds_spinlock(${site.t})) fail(ATOMIC); ` : '';
  return `${text.join('')}${sleeps}${reached(c, site)}`;
}

/** A milestone that something depends on, with the tasks that it starts. */
function reached(c: CLayout, site: Site): string {
  const { program, tables, target } = c;
  const milestone = program.code[site.pc]?.milestone;
  if (milestone === undefined) return '';
  const slot = at(tables.layout.milestones, milestone);
  const starts = program.tasks.flatMap((task, t) =>
    task.after === milestone ? [taskStart(c, t)] : [],
  );
  if (starts.length > 0) return `if (!B[${slot}]) { B[${slot}] = 1; ${starts.join(' ')} } `;
  const matters = target === 'search' || program.order.some((pair) => pair.includes(milestone));
  return matters ? `B[${slot}] = 1; ` : '';
}

/** Initial values of B and W, as C: program counters are in W alone. */
export function startOf(c: CLayout): { readonly bytes: string; readonly stands: string } {
  const { layout } = c.tables;
  const machine = new Machine(c.tables);
  machine.reset();
  const { state } = machine;
  const counters = new Set(layout.tasks.map(({ pc }) => pc));
  const bytes = layout.slots.map((_, slot) => (counters.has(slot) ? 0 : at(state, slot)));
  const stands = layout.tasks.map(({ pc, kind }, t) =>
    kind === 'task' ? at(state, pc) : c.idle(t),
  );
  return { bytes: bytes.join(','), stands: stands.join(',') };
}

/** A task's locals and place when it starts. */
export function taskStart({ tables }: CLayout, task: number): string {
  const machine = new Machine(tables);
  machine.reset();
  const before = machine.state.slice();
  machine.startTask(task);
  const { pc } = at(tables.layout.tasks, task);
  const sets = Array.from(machine.state).flatMap((value, slot) =>
    value === before[slot] || slot === pc ? [] : [`B[${slot}] = ${value};`],
  );
  return `${sets.join(' ')} W[${task}] = ${at(machine.state, pc)}; ARRIVE(${task});`;
}
