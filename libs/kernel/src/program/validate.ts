/**
 * From foreign JSON to a Program, or to a list of what is wrong with it. After this every index is in range, every
 * operand has the right kind, and the prologue runs to its end: the machine needs no further check.
 */
import type { z } from 'zod';
import { at } from '../assert.js';
import { LIMITS } from '../limits.js';
import { Machine } from '../machine/machine.js';
import { BoundExceeded, GivenError } from '../operation/outcome.js';
import { nearest } from '../nearest.js';
import { fieldKindOf } from '../derived/catalogue.js';
import { isLock, isWorkItem, sizesOf } from '../derived/fields.js';
import { tablesOf } from '../tables/compile.js';
import { Packer } from '../state/pack.js';
import { checkCode } from './check-code.js';
import { checkInheritedKeys } from './inherited-keys.js';
import type { FieldDecl, LocalDecl, Program } from './program.js';
import { pointerOf, Problems, type Path, type ProgramProblem } from './problems.js';
import { programShape } from './shape.js';
import { SIGNABLE, SIGNABLE_RULE } from './signable.js';

export type ParsedProgram =
  | { readonly ok: true; readonly program: Program }
  | { readonly ok: false; readonly errors: readonly ProgramProblem[] };

export function parseProgram(json: unknown): ParsedProgram {
  const foreign = new Problems();
  checkInheritedKeys(json, foreign);
  if (foreign.list.length > 0) return { ok: false, errors: foreign.list };
  const parsed = programShape.safeParse(json);
  if (!parsed.success) {
    const errors = parsed.error.issues
      .flatMap((issue) => shapeProblems(issue, json))
      .slice(0, LIMITS.validationErrors);
    return { ok: false, errors };
  }
  const program: Program = parsed.data;
  const problems = new Problems();
  checkDeclarations(program, problems);
  if (problems.list.length === 0) checkCode(program, problems);
  if (problems.list.length === 0) checkStart(program, problems);
  return problems.list.length === 0 ? { ok: true, program } : { ok: false, errors: problems.list };
}

/** What the shape says is wrong, in words that name the offender. */
function shapeProblems(issue: z.core.$ZodIssue, json: unknown): ProgramProblem[] {
  const pointer = pointerOf(issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: pointerOf([...issue.path, key]),
      message: 'no such key here',
    }));
  const value = issue.path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    json,
  );
  if (issue.code !== 'invalid_value' || typeof value !== 'string')
    return [{ pointer, message: issue.message }];
  const near = nearest(value, issue.values.map(String));
  return [
    {
      pointer,
      message: `no such value: '${value.slice(0, LIMITS.nameLength)}'`,
      ...(near === undefined ? {} : { nearest: near }),
    },
  ];
}

function checkDeclarations(program: Program, problems: Problems): void {
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
      `'${f.name}' is a work item, which has to be embedded in an object: declare a type for it`,
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
    sum((t) => (t.kind === 'workqueue' ? t.count : 0)) <= LIMITS.workerSlots,
    ['types'],
    `more than ${LIMITS.workerSlots} workqueues`,
  );
  problems.check(
    sum((t) => t.count * t.fields.filter(isWorkItem).length) <= LIMITS.workItems,
    ['types'],
    `more than ${LIMITS.workItems} work items`,
  );
  const locks = sum((t) => t.fields.filter(isLock).length + (t.kind === 'workqueue' ? 1 : 0));
  const classes = locks + program.statics.filter(isLock).length + works.length;
  problems.check(
    classes <= LIMITS.lockClasses,
    ['types'],
    `more than ${LIMITS.lockClasses} lock classes`,
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

/** Two things of one name would have one signature, or be one task to a reader. */
function checkNames(
  list: readonly { readonly name: string }[],
  what: string,
  path: string,
  problems: Problems,
): void {
  const seen = new Map<string, number>();
  list.forEach(({ name }, i) => {
    const before = seen.get(name);
    problems.check(
      before === undefined,
      [path, i, 'name'],
      `'${name}' is the name of ${what} ${before ?? -1} too`,
    );
    seen.set(name, i);
  });
}

function checkTasks(program: Program, problems: Problems): void {
  const { bodies } = program;
  if (program.given >= 0) problems.index(program.given, bodies, 'body', ['given']);
  const works = new Set(program.works.map((work) => work.body));
  problems.check(!works.has(program.given), ['given'], 'is the body of a work function');
  program.tasks.forEach((task, t) => {
    if (!problems.index(task.body, bodies, 'body', ['tasks', t, 'body'])) return;
    problems.check(
      !works.has(task.body) && task.body !== program.given,
      ['tasks', t, 'body'],
      'is the body of a work function or of given',
    );
    if (task.after !== undefined) {
      problems.index(task.after, program.milestones, 'milestone', ['tasks', t, 'after']);
      problems.check(
        task.optional === undefined,
        ['tasks', t, 'optional'],
        'a task is optional or after a milestone, not both',
      );
    }
    const locals = at(bodies, task.body).locals;
    task.init?.forEach(([local, value], i) => {
      const path: Path = ['tasks', t, 'init', i];
      if (problems.index(local, locals, 'local', path))
        problems.check(
          at(locals, local).kind === 'int' &&
            value <= (at(locals, local).max ?? 1) &&
            value >= (at(locals, local).min ?? 0),
          path,
          'is no integer that the local can hold',
        );
    });
    checkArguments(program, t, problems);
  });
}

/** What the prologue hands to a task fits the local it is put into; each local is given once. */
function checkArguments({ bodies, given, tasks }: Program, t: number, problems: Problems): void {
  const { args = [], init = [], body } = at(tasks, t);
  const [to, from] = [at(bodies, body).locals, bodies[given]?.locals ?? []];
  const taken = new Set(init.map(([local]) => local));
  args.forEach(([local, source], i) => {
    const path: Path = ['tasks', t, 'args', i];
    if (!problems.index(local, to, 'local', [...path, 0])) return;
    problems.check(!taken.has(local), path, 'the local has a value already');
    taken.add(local);
    if (!problems.index(source, from, 'local of the prologue', [...path, 1])) return;
    const [target, value] = [at(to, local), at(from, source)];
    problems.check(
      target.kind === value.kind &&
        target.type === value.type &&
        (target.kind === 'ptr' ||
          ((value.max ?? 1) <= (target.max ?? 1) && (value.min ?? 0) >= (target.min ?? 0))),
      path,
      `'${target.name}' cannot hold what the prologue has in '${value.name}'`,
    );
  });
}

/** Builds the machine once: sizes of the state, and a prologue that neither blocks, fails nor runs on. */
function checkStart(program: Program, problems: Problems): void {
  try {
    const tables = tablesOf(program);
    const slots = tables.layout.slots.length;
    problems.check(
      slots <= LIMITS.vectorSlots,
      [],
      `${slots} state slots; at most ${LIMITS.vectorSlots}`,
    );
    const { words } = new Packer(tables.layout);
    problems.check(
      words <= LIMITS.packedWords,
      [],
      `${words} words of packed state; at most ${LIMITS.packedWords}`,
    );
    new Machine(tables);
  } catch (error) {
    if (!(error instanceof GivenError) && !(error instanceof BoundExceeded)) throw error;
    problems.add(['given'], error.message);
  }
}
