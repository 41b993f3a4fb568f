/**
 * What is traced with: a span around a piece of work, and the name under which work elsewhere continues it. Without the
 * setting it is `NO_TRACING`, which does the work and nothing else. What goes wrong with a trace never goes wrong with
 * the work.
 */
import type { TraceParent } from './trace-parent.js';

export type Attributes = Readonly<Record<string, string | number | boolean>>;

export type SpanKind = 'server' | 'consumer' | 'internal';

export interface SpanOptions {
  readonly kind?: SpanKind;
  /** The span of another process that this one belongs to; else it is the one around it here, if any. */
  readonly parent?: TraceParent | undefined;
  readonly attributes?: Attributes;
}

export interface Span {
  /** What is known only while the work goes on. */
  add(attributes: Attributes): void;
}

export interface Tracing {
  /** Does the work inside a span; an error of the work is noted and goes on. */
  span<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T>;
  /** The span around the caller, as another process names it. */
  current(): TraceParent | undefined;
  /** Sends what has not been sent. */
  close(): Promise<void>;
}

export interface TracingOptions {
  /** Where spans are sent, by OTLP over HTTP; nothing is traced without. */
  readonly url: string | undefined;
  readonly service: string;
  readonly version: string;
  /** Tells this process from others of the service. */
  readonly instance: string;
}

const NO_SPAN: Span = { add: () => undefined };

export const NO_TRACING: Tracing = {
  span: (_name, _options, work) => work(NO_SPAN),
  current: () => undefined,
  close: () => Promise.resolve(),
};
