/**
 * @lastref/reporting: a run in words. The report as the kernel's log would show it, the schedule as CPU columns, and
 * both as data. Pure; imports only the kernel.
 */
export { renderReport } from './render-report.js';
export { report, type Report, type ReportOptions } from './report.js';
export type { Block, Splat } from './splat/splat.js';
export {
  interleaving,
  type Column,
  type Interleaving,
  type InterleavingOptions,
  type Row,
} from './interleaving/interleaving.js';
export { renderInterleaving } from './interleaving/render-interleaving.js';
export { renderState, STATE_PARTS, type StatePart } from './stepping/render-state.js';
export { EXPORT_FORMATS } from './exports/index.js';
export type { ExportedRun, ExportFormat, ExportOptions } from './exports/run.js';
export { junitXml, type JunitSuite, type JunitTest } from './markup/junit.js';
export { markdownCode, oneLine } from './markup/markdown.js';
