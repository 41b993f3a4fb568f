/**
 * Traces, from a request to the shards it leads to, behind a setting. Whoever traces sees only this: nothing of
 * OpenTelemetry is loaded unless the setting is on.
 */
export * from './open-tracing.js';
export * from './trace-parent.js';
export * from './tracing.js';
