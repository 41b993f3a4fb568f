/** From stored bugs, failures and reproductions to what the API shows of them. */
import type { Bug, Failure, Reproduction } from '@lastref/contracts';
import type { StoredBug, StoredFailure, StoredReproduction } from '@lastref/storage';
import { bugTitle } from './bug-title.js';
import { replayHandle } from './replay-handle.js';

export function bugView(bug: StoredBug): Bug {
  return {
    ...bug,
    title: bugTitle(bug.signature),
    firstSeenAt: bug.firstSeenAt.toISOString(),
    lastSeenAt: bug.lastSeenAt.toISOString(),
    reproduction: bug.reproduction === null ? null : reproductionView(bug.reproduction),
  };
}

export function reproductionView(row: StoredReproduction): Reproduction {
  const { events, preemptions, switches, steps, certificate, createdAt, ...rest } = row;
  return {
    ...rest,
    cost: { events, preemptions, switches, steps },
    certificate: JSON.parse(certificate),
    replay: replayHandle({ program: row.program, schedule: row.schedule }),
    createdAt: createdAt.toISOString(),
  };
}

export function failureView(failure: StoredFailure): Failure {
  const { bug, program, address, strategy, seed, signature, schedule, traceDigest } = failure;
  return {
    bug,
    program,
    address,
    strategy,
    seed,
    signature,
    schedule,
    traceDigest,
    replay: replayHandle({ program, strategy, seed }),
  };
}
