/** `--export` and `--width`, for the commands that show one run. */
import { DEFAULT_EXPORT_WIDTH, MAX_EXPORT_WIDTH, MIN_EXPORT_WIDTH } from '@lastref/contracts';
import type { Command } from 'commander';
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
    .option(
      '--width <n>',
      'columns of --export text',
      integer(MIN_EXPORT_WIDTH, MAX_EXPORT_WIDTH),
      DEFAULT_EXPORT_WIDTH,
    );
