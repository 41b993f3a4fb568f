/**
 * Tracing by OpenTelemetry: spans are collected and sent in batches, by OTLP as JSON over HTTP. No global of OpenTelemetry is
 * set, and which span is around whom is kept here, so several can stand side by side. A collector that is away costs the
 * spans, which are dropped once 2,048 wait, and nothing else.
 */
import {
  type Context,
  ROOT_CONTEXT,
  type Span as OtelSpan,
  SpanKind as OtelKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { AsyncLocalStorage } from 'node:async_hooks';
import { readTraceParent, type TraceParent, writeTraceParent } from './trace-parent.js';
import type { SpanKind, SpanOptions, Tracing, TracingOptions } from './tracing.js';

/** A batch is given up after this, attempts included: a process that stops does not wait for a collector that is away. */
const SEND_MS = 2_000;

const KINDS: Readonly<Record<SpanKind, OtelKind>> = {
  server: OtelKind.SERVER,
  consumer: OtelKind.CONSUMER,
  internal: OtelKind.INTERNAL,
};

export function otlpTracing(url: string, process: Omit<TracingOptions, 'url'>): Tracing {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': process.service,
      'service.version': process.version,
      'service.instance.id': process.instance,
    }),
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url, timeoutMillis: SEND_MS })),
    ],
  });
  const tracer = provider.getTracer('lastref', process.version);
  const around = new AsyncLocalStorage<Context>();

  const contextOf = (parent: TraceParent | undefined): Context => {
    const named = readTraceParent(parent);
    if (named === undefined) return around.getStore() ?? ROOT_CONTEXT;
    return trace.setSpanContext(ROOT_CONTEXT, { ...named, isRemote: true });
  };

  const start = (name: string, options: SpanOptions): [OtelSpan, Context] => {
    const { kind = 'internal', parent, attributes = {} } = options;
    const context = contextOf(parent);
    const span = tracer.startSpan(name, { kind: KINDS[kind], attributes }, context);
    return [span, trace.setSpan(context, span)];
  };

  return {
    span: async (name, options, work) => {
      const [span, context] = start(name, options);
      try {
        return await around.run(context, () => work({ add: (more) => span.setAttributes(more) }));
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        span.setStatus({ code: SpanStatusCode.ERROR, message });
        throw error;
      } finally {
        span.end();
      }
    },
    current: () => {
      const span = trace.getSpanContext(around.getStore() ?? ROOT_CONTEXT);
      return span === undefined ? undefined : writeTraceParent(span);
    },
    close: () => provider.shutdown().catch(() => undefined),
  };
}
