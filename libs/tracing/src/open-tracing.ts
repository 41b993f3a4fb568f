/** Tracing as the setting says: none, or OpenTelemetry's, which is loaded here and nowhere before. */
import { NO_TRACING, type Tracing } from './tracing.js';

export interface TracingOptions {
  /** Where spans are sent, by OTLP over HTTP; nothing is traced without. */
  readonly url: string | undefined;
  readonly service: string;
  readonly version: string;
  /** Tells this process from others of the service. */
  readonly instance: string;
}

export async function openTracing({ url, ...process }: TracingOptions): Promise<Tracing> {
  if (url === undefined) return NO_TRACING;
  const { otlpTracing } = await import('./otlp.js');
  return otlpTracing(url, process);
}
