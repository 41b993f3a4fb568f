/**
 * A run to be exported, and what a format is. What costs a search or another execution is asked for only by the formats that
 * need it; who exports brings the answers, since this library knows no engine.
 */
import type { RunContext, Surroundings, Trace } from '@lastref/kernel';

export interface ExportedRun {
  readonly trace: Trace;
  /** What the run leads to without ending in it: a livelock, or a report that a reproduction is about. */
  readonly about?: string | undefined;
  /** Of a reproduction. */
  readonly grade?: string | undefined;
  readonly replay: { readonly token: string; readonly command: string };
  readonly context: () => RunContext;
  readonly surroundings: (signature: string | undefined) => Surroundings;
}

export interface ExportOptions {
  /** Columns of text. */
  readonly width: number;
}

export interface ExportFormat {
  readonly name: string;
  /** With its dot. */
  readonly extension: string;
  readonly mediaType: string;
  /** What reads it. */
  readonly opensIn: string;
  /** Ends with a line feed. */
  readonly render: (run: ExportedRun, options: ExportOptions) => string;
}

/** What the run shows; undefined for one that shows nothing. */
export function signatureOf({ trace, about }: ExportedRun): string | undefined {
  if (about !== undefined) return about;
  return trace.verdict.outcome === 'failed' ? trace.verdict.signature : trace.reports[0];
}

/** As the report of the run takes it: only what the trace does not say by itself. */
export const reportOptions = ({ trace, about }: ExportedRun): { signature?: string } =>
  about !== undefined && trace.verdict.outcome === 'unfinished' ? { signature: about } : {};

export const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
