/**
 * A span as another process names it: the header `traceparent` of the W3C's Trace Context, version 00. It travels in requests,
 * with a campaign's row and in the jobs of its shards. One that is not of this form is none: a trace is no reason to
 * refuse anything.
 */
export type TraceParent = string;

const FORM = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

const SAMPLED = 1;

export interface SpanName {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
}

export function readTraceParent(text: unknown): SpanName | undefined {
  const [, traceId, spanId, flags] = (typeof text === 'string' && FORM.exec(text)) || [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & SAMPLED };
}

export function writeTraceParent({ traceId, spanId, traceFlags }: SpanName): TraceParent {
  return `00-${traceId}-${spanId}-0${traceFlags & SAMPLED}`;
}
