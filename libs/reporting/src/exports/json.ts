/**
 * The whole of a run as JSON of a stable shape, that of docs/schemas/run-1.schema.json. A change that a reader of version 1 could
 * stumble over makes a version 2.
 */
import { interleaving } from '../interleaving/interleaving.js';
import { report } from '../report.js';
import { linksOf } from './links.js';
import { json, reportOptions, signatureOf, type ExportedRun, type ExportFormat } from './run.js';

export const RUN_FORMAT = 'lastref-run';
export const RUN_VERSION = 1;

export const jsonRun: ExportFormat = {
  name: 'json',
  extension: '.json',
  mediaType: 'application/json',
  opensIn: 'programs; docs/schemas/run-1.schema.json says what they find',
  render: (run) => json(runData(run)),
};

function runData(run: ExportedRun): object {
  const { trace, grade, replay } = run;
  const context = run.context();
  const { splats, summary } = report(trace, reportOptions(run));
  return {
    format: RUN_FORMAT,
    version: RUN_VERSION,
    address: trace.address,
    title: trace.title,
    program: trace.program,
    signature: signatureOf(run) ?? null,
    outcome: trace.verdict.outcome,
    summary,
    grade: grade ?? null,
    cost: trace.cost,
    schedule: trace.schedule,
    traceDigest: trace.digest,
    replay: { token: replay.token, command: replay.command },
    tasks: trace.tasks.map((name, task) => ({ name, kind: context.kinds[task] ?? 'task' })),
    steps: trace.steps.map((step, i) => ({
      n: step.n,
      task: step.task,
      text: step.text,
      function: step.function,
      calls: step.calls,
      switch: step.switch,
      fault: step.fault,
      early: step.early === true,
      milestone: step.milestone ?? null,
      changes: step.changes,
      objects: step.objects,
      locks: step.locks,
      ready: context.steps[i]?.ready ?? [],
      wakes: context.steps[i]?.wakes ?? [],
    })),
    waiting: trace.waiting.map(({ task, text, calls, resource, holders, parked }) => ({
      task,
      text,
      function: calls[0] ?? null,
      resource,
      holders,
      parked,
    })),
    links: linksOf(trace, context).map(({ kind, from, to, what }) => ({
      kind,
      from,
      to,
      what: what ?? null,
    })),
    splats,
    interleaving: interleaving(trace, { full: true }),
  };
}
