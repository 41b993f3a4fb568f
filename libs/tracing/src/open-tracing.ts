/** Tracing as the setting says: none, or OpenTelemetry's, which is loaded here and nowhere before. */
import { NO_TRACING, type Tracing, type TracingOptions } from './tracing.js';

export async function openTracing({ url, ...process }: TracingOptions): Promise<Tracing> {
  if (url === undefined) return NO_TRACING;
  const { otlpTracing } = await import('./otlp.js');
  return otlpTracing(url, process);
}
