/**
 * How a program stands: what is known of it beside what is expected. A complete proof decides; without one only what was found
 * and should not be there speaks against an expectation, since what is missing may still come.
 */
import type { Evidence, Standing } from '@lastref/contracts';
import { differences, surplusOf } from '@lastref/judging';
import { type Expectation } from '@lastref/scenarios';
import type { ProgramStatus } from '@lastref/storage';

export interface Judgement {
  standing: Standing;
  evidence: Evidence;
  why: string[];
  failures: string[];
  reports: string[];
}

export function judge(status: ProgramStatus | undefined, row: Expectation | undefined): Judgement {
  const evidence = evidenceOf(status);
  if (status === undefined || evidence === 'none') {
    return { standing: 'unknown', evidence: 'none', why: [], failures: [], reports: [] };
  }
  const { proof } = status;
  const failures = union(status.failures, proof?.failures);
  const reports = union(status.reports, proof?.reports);
  const found = { evidence, failures, reports };
  if (row === undefined) {
    return { standing: failures.length > 0 ? 'fails' : evidence, why: [], ...found };
  }
  const surplus = surplusOf(row, found);
  if (surplus.length > 0) return { standing: 'wrong', why: surplus, ...found };
  const cleanEnds = (proof?.cleanEnds ?? false) || hasCleanEnds(status);
  const why = differences(row, { failures, reports, cleanEnds, missed: proof?.missed ?? [] });
  if (why.length > 0 && (evidence === 'proved' || isDisproved(row, cleanEnds))) {
    return { standing: 'wrong', why, ...found };
  }
  const isWhole = why.length === 0 && failures.length > 0;
  return { standing: isWhole ? 'fails as expected' : evidence, why: [], ...found };
}

/** One run that reaches its end is enough where none should. */
const isDisproved = ({ expect }: Expectation, cleanEnds: boolean): boolean =>
  expect === 'unreachable' && cleanEnds;

function evidenceOf(status: ProgramStatus | undefined): Evidence {
  if (status === undefined) return 'none';
  if (status.proof !== null) return status.proof.complete ? 'proved' : 'bounded';
  return status.schedules > 0 ? 'sampled' : 'none';
}

const hasCleanEnds = ({ schedules, outside, cut, failing }: ProgramStatus): boolean =>
  schedules - outside - cut - failing > 0;

const union = (met: readonly string[], proved: readonly string[] = []): string[] =>
  [...new Set([...met, ...proved])].sort();
