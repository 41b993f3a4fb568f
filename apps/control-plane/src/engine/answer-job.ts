/** Answers one job of the engine: pure and synchronous, and bounded by the limits of programs, and of its own states. */
import { orders, replay, withLoop } from '@lastref/exploration';
import {
  addressOf,
  BoundExceeded,
  kindOf,
  LimitError,
  parseProgram,
  programDigest,
  programJson,
} from '@lastref/kernel';
import { renderInterleaving, renderReport } from '@lastref/reporting';
import { claimOf } from './built-ins.js';
import { NOT_RUN, tellSteps } from './tell-steps.js';
import type { EngineAnswer, EngineJob } from './engine-jobs.js';

/** States that the loop of a livelock may have to be told; one with more is named without. */
const LOOP_STATES = 20_000;

export function answerJob(job: EngineJob): EngineAnswer {
  switch (job.kind) {
    case 'validate':
      return validate(job.json);
    case 'replay':
      return replayRun(job);
    case 'steps':
      return tellSteps(job);
    case 'orders':
      return tellOrders(job);
  }
}

type OrdersJob = Extract<EngineJob, { kind: 'orders' }>;
type ReplayJob = Extract<EngineJob, { kind: 'replay' }>;

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

function replayRun(job: ReplayJob): EngineAnswer {
  const { program, how, maxSteps, mostBytes = Infinity, signature } = job;
  const parsed = parseProgram(JSON.parse(program));
  if (!parsed.ok) {
    return NOT_RUN;
  }
  const result = replay(parsed.program, how);
  if (!result.ok) return { kind: 'refused', message: result.message };
  const { steps } = result.trace;
  if (steps.length > maxSteps) return { kind: 'too-long', steps: steps.length };
  const isLivelock = signature !== undefined && kindOf(signature) === 'livelock';
  const trace = isLivelock ? withLoop(parsed.program, result.trace, LOOP_STATES) : result.trace;
  const run = {
    trace,
    report: renderReport(trace, signature === undefined ? {} : { signature }),
    interleaving: renderInterleaving(trace),
  };
  const bytes = Buffer.byteLength(JSON.stringify(run));
  return bytes > mostBytes ? { kind: 'too-large', bytes } : { kind: 'replayed', run };
}

/** A program that goes past a bound it declares has no table: the message says which. */
function tellOrders({ program, milestones, maxStates }: OrdersJob): EngineAnswer {
  const parsed = parseProgram(JSON.parse(program));
  if (!parsed.ok) return NOT_RUN;
  try {
    const options = { maxStates, ...(milestones === undefined ? {} : { milestones }) };
    return { kind: 'ordered', result: orders(parsed.program, options) };
  } catch (error) {
    if (error instanceof BoundExceeded || error instanceof LimitError)
      return { kind: 'refused', message: error.message };
    throw error;
  }
}
