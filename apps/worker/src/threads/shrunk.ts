/** What a shrink came to, as a thread answers it. */
import type { ShrinkResult } from '@lastref/shrinking';
import type { Answer } from './messages.js';

export function shrunk(result: ShrinkResult): Answer {
  if (!result.ok) return { kind: 'refused', message: result.message };
  const { grade, cost, schedule, traceDigest, certificate } = result.reproduction;
  const bug = { grade, cost, schedule, traceDigest, certificate: JSON.stringify(certificate) };
  return { kind: 'shrunk', bug };
}
