/** The exports that a command line asks for: `format` to standard output, `format=file` into a file. */
import { nearest } from '@lastref/kernel';
import { EXPORT_FORMATS, type ExportFormat, type ExportOptions } from '@lastref/reporting';
import type { ExportFlags } from '../declare/export-options.js';
import { EXIT } from '../exit-codes.js';
import { ok, refused, type Result } from '../outcome.js';

export interface WantedExport {
  readonly format: ExportFormat;
  /** Standard output if absent. */
  readonly file?: string;
}

export interface WantedExports extends ExportOptions {
  readonly exports: readonly WantedExport[];
}

export function wantedExports(flags: ExportFlags): Result<WantedExports> {
  const exports: WantedExport[] = [];
  for (const word of flags.export) {
    const [name = '', ...rest] = word.split('=');
    const file = rest.join('=');
    const format = EXPORT_FORMATS.find((one) => one.name === name);
    if (format === undefined) return refused(EXIT.usage, unknown(name));
    if (word.includes('=') && file === '')
      return refused(
        EXIT.usage,
        `--export ${word} names no file; write ${name}=<file>, or ${name}`,
      );
    exports.push({ format, ...(file === '' ? {} : { file }) });
  }
  const printed = exports.filter(({ file }) => file === undefined);
  if (printed.length > 1)
    return refused(
      EXIT.usage,
      `only one export goes to standard output; give a file to the others: ${printed[1]?.format.name ?? ''}=<file>`,
    );
  return ok({ exports, width: flags.width });
}

function unknown(name: string): string {
  const names = EXPORT_FORMATS.map((format) => format.name);
  const near = nearest(name, names);
  const meant = near === undefined ? '' : `; did you mean ${near}?`;
  return `there is no format '${name}'${meant} There are ${names.join(', ')}`;
}
