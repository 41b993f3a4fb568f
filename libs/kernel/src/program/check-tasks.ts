/** Checks that things have names of their own, and that tasks run bodies that are theirs with arguments that fit. */
import { at } from '../assert.js';
import type { Path, Problems } from './problems.js';
import type { OfPart, Program } from './program.js';

/** Two things of one name would have one signature, or be one task to a reader; of two parts of a host they may be two. */
export function checkNames(
  list: readonly (OfPart & { readonly name: string })[],
  what: string,
  path: string,
  problems: Problems,
): void {
  const seen = new Map<string, number>();
  list.forEach(({ name, part }, i) => {
    const key = part === undefined ? name : `${part}\n${name}`;
    const before = seen.get(key);
    problems.check(
      before === undefined,
      [path, i, 'name'],
      `'${name}' is the name of ${what} ${before ?? -1} too`,
    );
    seen.set(key, i);
  });
}

export function checkTasks(program: Program, problems: Problems): void {
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
    checkContext(program, t, problems);
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

/** An interrupt is one of a task in process context, and of no other interrupt. */
function checkContext({ tasks }: Program, t: number, problems: Problems): void {
  const { context, on } = at(tasks, t);
  if (on === undefined) return;
  const path: Path = ['tasks', t, 'on'];
  problems.check(context !== undefined, path, 'only a softirq or a hardirq interrupts a task');
  if (problems.index(on, tasks, 'task', path))
    problems.check(
      at(tasks, on).context === undefined,
      path,
      `'${at(tasks, on).name}' is an interrupt itself: name the task that both interrupt`,
    );
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
