/**
 * Chrome's trace event format, which Perfetto opens: a track per task with a slice per step inside slices of the functions it is
 * in, locks as asynchronous slices, arrows to whom a step wakes, whom it hands a lock, and what uses the memory it freed. Time
 * is made up: a step takes a microsecond, and the next begins with the one after.
 */
import type { Trace } from '@lastref/kernel';
import { blockedTasks } from '../../facts/blocked.js';
import { taskName } from '../../facts/names.js';
import { report } from '../../report.js';
import { linksOf } from '../links.js';
import { json, reportOptions, type ExportedRun, type ExportFormat } from '../run.js';
import { functionSlices } from './function-slices.js';
import { lockSlices } from './lock-slices.js';
import { begin, end, PROCESS, STEP, type TraceEvent } from './trace-event.js';

export const perfetto: ExportFormat = {
  name: 'perfetto',
  extension: '.perfetto.json',
  mediaType: 'application/json',
  opensIn: 'ui.perfetto.dev, chrome://tracing',
  render: (run) => {
    const { trace, replay } = run;
    const traceEvents: TraceEvent[] = [
      ...tracks(trace),
      ...functionSlices(trace),
      ...trace.steps.map(({ n, task, text, changes, milestone, fault }): TraceEvent => ({
        ph: 'X',
        pid: PROCESS,
        tid: task + 1,
        ts: begin(n),
        dur: STEP,
        cat: 'step',
        name: text,
        args: {
          step: n,
          ...(fault ? { fault: true } : {}),
          ...(milestone === undefined ? {} : { milestone }),
          changes: changes.map(({ name, from, to }) => `${name}: ${from} -> ${to}`),
        },
      })),
      ...lockSlices(trace),
      ...blocked(trace),
      ...arrows(run),
      ...failure(run),
    ];
    const otherData = { address: trace.address, program: trace.program, token: replay.token };
    return json({ traceEvents, displayTimeUnit: 'ns', otherData });
  },
};

function tracks(trace: Trace): TraceEvent[] {
  const tasks = [...new Set([...trace.steps, ...blockedTasks(trace)].map(({ task }) => task))];
  const named = (name: string, tid: number, args: object): TraceEvent => ({
    ph: 'M',
    pid: PROCESS,
    tid,
    name,
    args,
  });
  return [
    named('process_name', 0, { name: trace.address }),
    ...tasks
      .sort((a, b) => a - b)
      .flatMap((task) => [
        named('thread_name', task + 1, { name: taskName(trace, task) }),
        named('thread_sort_index', task + 1, { sort_index: task }),
      ]),
  ];
}

/** What a run leaves blocked is drawn behind its last step. */
const blocked = (trace: Trace): TraceEvent[] =>
  blockedTasks(trace).map(({ task, text, holders }) => ({
    ph: 'X',
    pid: PROCESS,
    tid: task + 1,
    ts: end(trace.steps.length),
    dur: STEP,
    cat: 'blocked',
    name: `${text} blocks`,
    args: { holders: holders.map((holder) => taskName(trace, holder)) },
  }));

function arrows(run: ExportedRun): TraceEvent[] {
  const { steps } = run.trace;
  return linksOf(run.trace, run.context()).flatMap(({ kind, from, to, what }, id): TraceEvent[] => {
    const at = (n: number): { pid: number; tid: number; ts: number } => ({
      pid: PROCESS,
      tid: (steps[n - 1]?.task ?? 0) + 1,
      ts: begin(n) + STEP / 2,
    });
    const common = { cat: 'link', name: what === undefined ? kind : `${kind} ${what}`, id };
    return [
      { ph: 's', ...at(from), ...common },
      { ph: 'f', bp: 'e', ...at(to), ...common },
    ];
  });
}

function failure(run: ExportedRun): TraceEvent[] {
  const { trace } = run;
  const last = trace.steps.at(-1);
  const [splat] = report(trace, reportOptions(run)).splats;
  if (last === undefined || splat === undefined) return [];
  return [
    {
      ph: 'i',
      s: 'g',
      pid: PROCESS,
      tid: last.task + 1,
      ts: end(last.n),
      cat: 'failure',
      name: splat.title,
      args: { signature: splat.signature },
    },
  ];
}
