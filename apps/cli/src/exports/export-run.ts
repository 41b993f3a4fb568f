/**
 * Exports a run as asked: files are written, and what goes to standard output takes the place of the answer's text, so that it
 * can be piped as it is. The exit code stays that of the answer.
 */
import { runContext, surroundings } from '@lastref/exploration';
import type { Program, Trace } from '@lastref/kernel';
import type { ExportedRun } from '@lastref/reporting';
import type { Answer, Outcome } from '../outcome.js';
import { writeReport } from '../verify/write-report.js';
import type { WantedExports } from './wanted-exports.js';

export interface RunToExport {
  readonly program: Program;
  readonly trace: Trace;
  readonly replay: ExportedRun['replay'];
  /** Of a reproduction. */
  readonly signature?: string;
  readonly grade?: string;
}

export async function exportRun(
  { exports, width }: WantedExports,
  run: RunToExport,
  answer: Answer,
): Promise<Outcome> {
  if (exports.length === 0) return answer;
  const { program, trace, replay, signature, grade } = run;
  const exported: ExportedRun = {
    trace,
    replay,
    about: signature,
    grade,
    context: () => runContext(program, trace.schedule),
    surroundings: (shown) => surroundings(program, trace.schedule, shown),
  };
  let printed: string | undefined;
  const told: object[] = [];
  for (const { format, file } of exports) {
    const content = format.render(exported, { width });
    const { name, mediaType } = format;
    if (file === undefined) printed = content;
    const written = await writeReport(file, () => content, 'replace');
    if (!written.ok) return written.refusal;
    told.push({ format: name, mediaType, ...(file === undefined ? { content } : { file }) });
  }
  const files = exports.flatMap(({ format, file }) =>
    file === undefined ? [] : [`${format.name} written to ${file}`],
  );
  const text = printed ?? `${answer.text}${files.join('\n')}\n`;
  return { ...answer, text, json: { ...Object(answer.json), exports: told } };
}
