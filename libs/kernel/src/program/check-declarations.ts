/** Checks what a program declares: everything refers to something, has its range, and fits into the limits of the engine. */
import { at } from '../assert.js';
import { fieldKindOf } from '../derived/catalogue.js';
import { isWorkItem, sizesOf, firedOf, workersOf } from '../derived/fields.js';
import { LIMITS } from '../limits.js';
import { checkNames, checkTasks } from './check-tasks.js';
import type { Path, Problems } from './problems.js';
import type { FieldDecl, LocalDecl, Program } from './program.js';
import { SIGNABLE, SIGNABLE_RULE } from './signable.js';

export function checkDeclarations(program: Program, problems: Problems): void {
  const { types, works, bodies, functions, milestones, modules } = program;
  const field = (decl: FieldDecl, path: Path): void => {
    const { range, names } = fieldKindOf(decl.kind);
    if (names === 'type') problems.index(decl.type, types, 'type', [...path, 'type']);
    if (decl.work !== undefined)
      problems.index(decl.work, works, 'work function', [...path, 'work']);
    const [min, init, max] = [decl.min ?? 0, decl.init ?? 0, decl.max ?? 1];
    problems.check(init <= max, [...path, 'init'], 'is more than max');
    problems.check(init >= min, [...path, 'init'], 'is less than min');
    problems.check(
      range !== 'none' || (decl.max === undefined && decl.init === undefined),
      path,
      `a ${decl.kind} has no max or init`,
    );
    problems.check(
      decl.saturates === undefined || decl.kind === 'refcount' || decl.kind === 'completion',
      [...path, 'saturates'],
      `a ${decl.kind} does not saturate`,
    );
    problems.check(
      range === 'signed' || decl.min === undefined,
      [...path, 'min'],
      `a ${decl.kind} is never negative`,
    );
  };
  types.forEach((type, t) => {
    type.fields.forEach((f, i) => {
      field(f, ['types', t, 'fields', i]);
    });
  });
  program.statics.forEach((f, i) => {
    field(f, ['statics', i]);
    problems.check(
      !isWorkItem(f),
      ['statics', i],
      `'${f.name}' is work, a timer, a tasklet or an interrupt line, which has to be embedded in an object: declare a type for it`,
    );
  });
  const sum = (n: (type: (typeof types)[number]) => number): number =>
    types.reduce((total, type) => total + n(type), 0);
  problems.check(
    sizesOf(program).lists <= LIMITS.listHeads,
    ['types'],
    `more than ${LIMITS.listHeads} list heads`,
  );
  problems.check(
    sum((t) => t.count) <= LIMITS.objects,
    ['types'],
    `more than ${LIMITS.objects} objects`,
  );
  problems.check(
    sum((t) => t.count * workersOf(t)) <= LIMITS.workerSlots,
    ['types'],
    `more than ${LIMITS.workerSlots} workers of workqueues`,
  );
  problems.check(
    sum((t) => t.count * firedOf(t)) <= LIMITS.timers,
    ['types'],
    `more than ${LIMITS.timers} timers, tasklets and interrupt lines`,
  );
  types.forEach(({ kind, workers }, t) => {
    problems.check(
      kind === 'workqueue' || workers === undefined,
      ['types', t, 'workers'],
      'is no workqueue',
    );
  });
  problems.check(
    sizesOf(program).tasks <= LIMITS.actors,
    ['tasks'],
    `more than ${LIMITS.actors} tasks, workers, timers and handlers together`,
  );
  problems.check(
    program.tasks.filter((t) => t.optional !== undefined).length <= LIMITS.optionalTasks,
    ['tasks'],
    `more than ${LIMITS.optionalTasks} optional tasks: a search tries every set of them`,
  );
  problems.check(
    sum((t) => t.count * t.fields.filter(isWorkItem).length) <= LIMITS.workItems,
    ['types'],
    `more than ${LIMITS.workItems} work items`,
  );
  program.tables.forEach((table, i) =>
    problems.index(table.type, types, 'type', ['tables', i, 'type']),
  );
  functions.forEach((fn, i) => {
    problems.check(
      fn.file === '-' || SIGNABLE.test(fn.name),
      ['functions', i, 'name'],
      `'${fn.name}': ${SIGNABLE_RULE}`,
    );
    if (fn.module !== undefined)
      problems.index(fn.module, modules, 'module', ['functions', i, 'module']);
  });
  program.frames.forEach((frame, i) => {
    problems.index(frame.fn, functions, 'function', ['frames', i, 'fn']);
    problems.check(frame.caller < i, ['frames', i, 'caller'], 'a caller stands before its callee');
  });
  bodies.forEach((body, b) => {
    problems.check(
      body.entry > 0 && body.entry < program.code.length,
      ['bodies', b, 'entry'],
      'is no operation',
    );
    body.locals.forEach((local, i) => {
      if (local.kind === 'ptr')
        problems.index(local.type, types, 'type', ['bodies', b, 'locals', i, 'type']);
    });
  });
  works.forEach((work, i) => {
    if (!problems.index(work.body, bodies, 'body', ['works', i, 'body'])) return;
    const owners = types.flatMap((type, t) => (type.fields.some((f) => f.work === i) ? [t] : []));
    const first: LocalDecl | undefined = at(bodies, work.body).locals[0];
    problems.check(
      owners.length <= 1 && (owners.length === 0 || first?.type === owners[0]),
      ['works', i],
      'local 0 of a work function points to the one type that embeds the item',
    );
    const kinds = new Set(
      types.flatMap(({ fields }) => fields.filter((f) => f.work === i).map(({ kind }) => kind)),
    );
    problems.check(kinds.size <= 1, ['works', i], `is run by ${[...kinds].join(' and by ')}`);
  });
  checkNames(program.types, 'type', 'types', problems);
  checkNames(program.statics, 'static', 'statics', problems);
  checkNames(program.tasks, 'task', 'tasks', problems);
  checkNames(program.tables, 'table', 'tables', problems);
  checkNames(program.modules, 'module', 'modules', problems);
  checkNames(program.registries, 'registry', 'registries', problems);
  checkTasks(program, problems);
  program.order.forEach(([a, b], i) => {
    problems.index(a, milestones, 'milestone', ['order', i, 0]);
    problems.index(b, milestones, 'milestone', ['order', i, 1]);
  });
  program.reaches.forEach((m, i) => problems.index(m, milestones, 'milestone', ['reaches', i]));
  program.parked.forEach((t, i) =>
    problems.check(types[t]?.kind === 'workqueue', ['parked', i], 'is no workqueue'),
  );
}
