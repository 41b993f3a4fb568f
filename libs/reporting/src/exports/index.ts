/** Every format a run can be exported in: one file each; what is known of a format is said there and listed here. */
import { delays } from './delays/delays.js';
import { dot } from './dot.js';
import { jsonRun } from './json.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import { mermaid } from './mermaid.js';
import { perfetto } from './perfetto/perfetto.js';
import { sarif } from './sarif.js';
import { shiviz } from './shiviz.js';
import { text } from './text.js';
import type { ExportFormat } from './run.js';

export const EXPORT_FORMATS: readonly ExportFormat[] = [
  text,
  markdown,
  jsonRun,
  mermaid,
  perfetto,
  shiviz,
  dot,
  junit,
  sarif,
  delays,
];
