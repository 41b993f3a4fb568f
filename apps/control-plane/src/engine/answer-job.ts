/** Answers one job of the engine: pure and synchronous, and bounded by the limits of programs, and of its own states. */
import { orders, replay, runContext, surroundings, withLoop } from '@lastref/exploration';
import {
  addressOf,
  BoundExceeded,
  kindOf,
  LimitError,
  parseProgram,
  programDigest,
  programJson,
  type Program,
  type Trace,
} from '@lastref/kernel';
import { EXPORT_FORMATS, renderInterleaving, renderReport } from '@lastref/reporting';
import { claimOf } from './built-ins.js';
import type { EngineAnswer, EngineJob, How } from './engine-jobs.js';
import { NOT_RUN, tellSteps } from './tell-steps.js';
import { knownProgram } from './known-programs.js';

/** States that may be searched for what is told beside a run: the loop of a livelock, what may still come of a state. */
const LOOP_STATES = 20_000;

export function answerJob(job: EngineJob): EngineAnswer {
  switch (job.kind) {
    case 'validate':
      return validate(job.json);
    case 'replay':
      return replayRun(job);
    case 'steps':
      return tellSteps(job);
    case 'export':
      return exportRun(job);
    case 'orders':
      return tellOrders(job);
  }
}

type OrdersJob = Extract<EngineJob, { kind: 'orders' }>;
type ReplayJob = Extract<EngineJob, { kind: 'replay' }>;
type ExportJob = Extract<EngineJob, { kind: 'export' }>;

function validate(json: unknown): EngineAnswer {
  const parsed = parseProgram(json);
  if (!parsed.ok) return { kind: 'invalid', errors: parsed.errors.map((error) => ({ ...error })) };
  const { program } = parsed;
  return {
    kind: 'valid',
    program: {
      digest: programDigest(program),
      address: addressOf(program),
      scenario: program.scenario,
      variant: program.variant,
      caseName: program.case,
      title: program.title,
      format: program.format,
      semantics: program.semantics,
      bytes: programJson(program),
      claim: claimOf(program),
    },
  };
}

interface Told {
  readonly kind: 'told';
  readonly program: Program;
  readonly trace: Trace;
}

/** The run that a job is about, or why there is none. */
function told(job: {
  program: string;
  how: How;
  maxSteps: number;
  signature?: string;
}): Told | EngineAnswer {
  const program = knownProgram(job.program);
  if (program === undefined) return NOT_RUN;
  const result = replay(program, job.how);
  if (!result.ok) return { kind: 'refused', message: result.message };
  const { steps } = result.trace;
  if (steps.length > job.maxSteps) return { kind: 'too-long', steps: steps.length };
  const isLivelock = job.signature !== undefined && kindOf(job.signature) === 'livelock';
  const trace = isLivelock ? withLoop(program, result.trace, LOOP_STATES) : result.trace;
  return { kind: 'told', program, trace };
}

function replayRun({ mostBytes = Infinity, ...job }: ReplayJob): EngineAnswer {
  const found = told(job);
  if (found.kind !== 'told') return found;
  const { trace } = found;
  const { signature } = job;
  const run = {
    trace,
    report: renderReport(trace, signature === undefined ? {} : { signature }),
    interleaving: renderInterleaving(trace),
  };
  const bytes = Buffer.byteLength(JSON.stringify(run));
  return bytes > mostBytes ? { kind: 'too-large', bytes } : { kind: 'replayed', run };
}

function exportRun(job: ExportJob): EngineAnswer {
  const { schedule, signature, grade, width, mostBytes } = job;
  const format = EXPORT_FORMATS.find(({ name }) => name === job.format);
  if (format === undefined) return { kind: 'refused', message: `no format ${job.format}` };
  const found = told({ ...job, how: { schedule } });
  if (found.kind !== 'told') return found;
  const { program, trace } = found;
  const text = format.render(
    {
      trace,
      about: signature,
      grade,
      replay: job.replay,
      context: () => runContext(program, schedule),
      surroundings: (shown) => surroundings(program, schedule, shown, { maxStates: LOOP_STATES }),
    },
    { width },
  );
  const bytes = Buffer.byteLength(text);
  return bytes > mostBytes ? { kind: 'too-large', bytes } : { kind: 'exported', text };
}

/** A program that goes past a bound it declares has no table: the message says which. */
function tellOrders({ program, milestones, maxStates }: OrdersJob): EngineAnswer {
  const parsed = knownProgram(program);
  if (parsed === undefined) return NOT_RUN;
  try {
    const options = { maxStates, ...(milestones === undefined ? {} : { milestones }) };
    return { kind: 'ordered', result: orders(parsed, options) };
  } catch (error) {
    if (error instanceof BoundExceeded || error instanceof LimitError)
      return { kind: 'refused', message: error.message };
    throw error;
  }
}
