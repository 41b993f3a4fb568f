/** Failures of one access at the end of a run: what it was, from where, and the life of the object it met. */
import { signatureParts, type Trace, type TraceStep } from '@lastref/kernel';
import { lockHistory } from '../facts/locks.js';
import { taskName } from '../facts/names.js';
import { block, type Block } from './splat.js';

/** Lines of code that only look. */
const READS =
  /^(?:test_bit|refcount_read|list_empty)\(|^[A-Za-z0-9_]+ = (?:idr_find\(|list_|[A-Za-z0-9_]+(?:->|$| \(global\)$))/;

export const callTrace = (calls: readonly string[]): Block => block('Call Trace:', calls);

/** Access and call trace of the step that failed. */
export function accessBlocks(trace: Trace, signature: string): Block[] {
  const step = trace.steps[trace.steps.length - 1];
  if (step === undefined) return [];
  const { detail } = signatureParts(signature).parts[0] ?? {};
  const object = trace.culprit?.object ?? detail?.replace(/ freed by .*$/, '');
  const verb = READS.test(step.text) ? 'Read' : 'Write';
  const place = object === undefined ? '' : ` at ${object}`;
  return [
    block(`${verb}${place} by task ${taskName(trace, step.task)}, step ${step.n}:`, [step.text]),
    callTrace(step.calls),
  ];
}

/** A lock in the freed memory is held: which one, by whom, and since when. The step that fails is the one that frees. */
export function heldLockBlocks(trace: Trace, signature: string): Block[] {
  const { culprit } = trace;
  const inside = lockHistory(trace).held.filter(
    ({ lock }) => culprit !== undefined && lock.startsWith(`${culprit.object}.`),
  );
  const held = inside.map(({ task, lockClass, step, text, calls }) =>
    block(`${lockClass} is held by task ${taskName(trace, task)}, since step ${step ?? 0}:`, [
      text,
      ...calls,
    ]),
  );
  const unknown = block('Held since before the run began.');
  return [
    ...accessBlocks(trace, signature),
    ...(held.length === 0 ? [unknown] : held),
    ...lifeBlocks(trace).slice(0, 1),
  ];
}

/** Who made the object and who let it go; both may have happened before time 0. */
export function lifeBlocks(trace: Trace): Block[] {
  const { culprit } = trace;
  if (culprit === undefined) return [];
  const freed = lastEvent(trace, culprit.object, 'freed', Infinity);
  const allocated = lastEvent(trace, culprit.object, 'allocated', freed?.n ?? Infinity);
  return [lifeBlock(trace, 'Allocated', allocated), lifeBlock(trace, 'Freed', freed)];
}

function lifeBlock(trace: Trace, verb: string, step: TraceStep | undefined): Block {
  if (step === undefined) return block(`${verb} before the run began.`);
  return block(`${verb} by task ${taskName(trace, step.task)}, step ${step.n}:`, [
    step.text,
    ...step.calls,
  ]);
}

function lastEvent(
  trace: Trace,
  object: string,
  event: 'allocated' | 'freed',
  before: number,
): TraceStep | undefined {
  return trace.steps.findLast(
    ({ n, objects }) =>
      n < before && objects.some((entry) => entry.object === object && entry.event === event),
  );
}
