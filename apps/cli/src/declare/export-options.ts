/** `--export` and `--width`, for the commands that show one run. */
import type { Command } from 'commander';
import { WIDTH, WIDTH_MAX, WIDTH_MIN } from '../limits.js';
import { integer } from '../options.js';

export interface ExportFlags {
  readonly export: readonly string[];
  readonly width: number;
}

export const withExportOptions = (command: Command): Command =>
  command
    .option(
      '--export <format>',
      'print the run in another format, or write it with <format>=<file>: text, markdown, json, mermaid, perfetto, shiviz, dot, junit, sarif, delays; may be repeated',
      (word: string, before: readonly string[]) => [...before, word],
      [],
    )
    .option('--width <n>', 'columns of --export text', integer(WIDTH_MIN, WIDTH_MAX), WIDTH);
