/**
 * The report of a run: what failed, then what was only reported, each as a splat. JSON and text hold the same.
 * A run does not end in a livelock by itself, so a caller that knows of one names its signature.
 */
import { assertNever, type Trace } from '@lastref/kernel';
import { makeSplat } from './splat/make-splat.js';
import type { Splat } from './splat/splat.js';

export interface Report {
  readonly address: string;
  readonly title: string;
  /** How the run ended, in one line. */
  readonly summary: string;
  readonly splats: readonly Splat[];
}

export interface ReportOptions {
  /** A signature that the run leads to without ending in it: a livelock. */
  readonly signature?: string;
}

export function report(trace: Trace, options: ReportOptions = {}): Report {
  const failure = trace.verdict.outcome === 'failed' ? [trace.verdict.signature] : [];
  const named = options.signature === undefined ? [] : [options.signature];
  const signatures = new Set([...failure, ...named, ...trace.reports]);
  return {
    address: trace.address,
    title: trace.title,
    summary: summary(trace, options.signature),
    splats: [...signatures].map((signature) => makeSplat(trace, signature)),
  };
}

function summary(trace: Trace, named: string | undefined): string {
  const { verdict, steps } = trace;
  const after = `after ${steps.length} step${steps.length === 1 ? '' : 's'}`;
  switch (verdict.outcome) {
    case 'clean':
      return `clean ${after}`;
    case 'outside':
      return `left the case ${after}: only steps that break its order were possible`;
    case 'cut':
      return `cut ${after}: neither clean nor failed`;
    case 'unfinished':
      return named === undefined
        ? `the schedule ends ${after}, the run does not`
        : `reaches ${named} ${after}`;
    case 'failed':
      return `failed ${after}: ${verdict.signature}`;
    default:
      return assertNever(verdict);
  }
}
