/**
 * A schedule as columns, one per task that runs: what is drawn, before it is text. Rows are steps in the order they
 * happen; a context row names the functions a task has entered; a task that a deadlock or hang leaves blocked gets one
 * row more, without a number, because it costs nothing.
 */
import type { Trace, TraceStep } from '@lastref/kernel';
import { blockedTasks } from '../facts/blocked.js';
import { functionOf, isLocal, taskName } from '../facts/names.js';
import { foldSteps } from './fold.js';

export interface Column {
  readonly cpu: string;
  readonly task: string;
}

export interface Row {
  readonly column: number;
  readonly kind: 'context' | 'step' | 'blocks' | 'failure';
  readonly text: string;
  /** Number of the step. */
  readonly n?: number;
  /** The step preempts a task that could have gone on. */
  readonly preempts?: true;
}

export interface Interleaving {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Steps that have no row. */
  readonly folded: number;
}

export interface InterleavingOptions {
  /** Show every step. */
  readonly full?: boolean;
}

export function interleaving(trace: Trace, options: InterleavingOptions = {}): Interleaving {
  const blocked = blockedTasks(trace);
  const running = [...trace.steps, ...blocked].map(({ task }) => task);
  const tasks = [...new Set(running)].sort((a, b) => a - b);
  const cpu = (task: number): string => `CPU${tasks.indexOf(task)}`;
  const shown = options.full === true ? trace.steps : foldSteps(trace);
  const writer = new RowWriter(tasks);
  for (const step of shown) {
    writer.context(step.task, step.calls);
    writer.add(step.task, {
      kind: 'step',
      n: step.n,
      text: stepText(trace, step),
      ...(step.switch === 'preemption' ? { preempts: true } : {}),
    });
  }
  for (const { task, calls, text, holders } of blocked) {
    writer.context(task, calls);
    const who = holders.map((holder) => (holder === task ? 'itself' : cpu(holder))).join(', ');
    const until = who === '' ? 'for ever' : `on ${who}`;
    writer.add(task, { kind: 'blocks', text: `${text} blocks ${until}` });
  }
  const last = trace.steps[trace.steps.length - 1];
  if (trace.verdict.outcome === 'failed' && blocked.length === 0 && last !== undefined)
    writer.add(last.task, { kind: 'failure', text: `*** ${trace.verdict.kind}` });
  return {
    columns: tasks.map((task) => ({ cpu: cpu(task), task: taskName(trace, task) })),
    rows: writer.rows,
    folded: trace.steps.length - shown.length,
  };
}

class RowWriter {
  readonly rows: Row[] = [];
  private readonly stacks = new Map<number, readonly string[]>();

  constructor(private readonly tasks: readonly number[]) {}

  add(task: number, row: Omit<Row, 'column'>): void {
    this.rows.push({ column: this.tasks.indexOf(task), ...row });
  }

  /** Names the functions entered since the task's last row; after a switch, at least where it is. */
  context(task: number, calls: readonly string[]): void {
    const stack = calls.map(functionOf).reverse();
    const before = this.stacks.get(task) ?? [];
    this.stacks.set(task, stack);
    let common = 0;
    while (common < stack.length && stack[common] === before[common]) common++;
    const resumed = this.rows[this.rows.length - 1]?.column !== this.tasks.indexOf(task);
    const same = common === stack.length && common === before.length;
    const innermost = stack[stack.length - 1];
    if (innermost === undefined || (same && !resumed)) return;
    const entered = stack.slice(common);
    const text = entered.length === 0 ? innermost : entered.join(' > ');
    this.add(task, { kind: 'context', text: `${text}:` });
  }
}

/** The line of code; a reference count with what it changed to, a fault and a milestone by name. */
function stepText(trace: Trace, step: TraceStep): string {
  const count = step.text.startsWith('refcount_')
    ? step.changes.find(({ name }) => !isLocal(trace, name))
    : undefined;
  return [
    step.text,
    ...(count === undefined ? [] : [`${count.from}->${count.to}`]),
    ...(step.fault ? ['fails (fault)'] : []),
    ...(step.early === true ? ['(its time is up)'] : []),
    ...(step.milestone === undefined ? [] : [`<${step.milestone}>`]),
  ].join(' ');
}
