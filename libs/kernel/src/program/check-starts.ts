/**
 * Some task can start. Each may wait for a milestone, but if all do, and only tasks that wait reach those, nothing ever
 * happens: a run of no step, which would look clean.
 */
import { at } from '../assert.js';
import { bodyOfOps } from '../derived/facts.js';
import type { Problems } from './problems.js';
import type { Program } from './program.js';

export function checkStarts(program: Program, problems: Problems): void {
  const { tasks, works, code, milestones } = program;
  const bodies = bodyOfOps(program);
  const running = new Set(works.map(({ body }) => body));
  for (const { after, body } of tasks) if (after === undefined) running.add(body);
  if (running.size > works.length || tasks.length === 0) return;
  const reached = new Set(
    code.flatMap(({ milestone }, pc) =>
      milestone !== undefined && running.has(at(bodies, pc)) ? [milestone] : [],
    ),
  );
  if (tasks.some(({ after }) => after !== undefined && reached.has(after))) return;
  const [{ name, after = -1 } = { name: '' }] = tasks;
  problems.add(
    ['tasks'],
    `no task can start: each waits for a milestone that only such tasks reach, '${name}' for '${milestones[after] ?? ''}'; let one of them start at once`,
  );
}
