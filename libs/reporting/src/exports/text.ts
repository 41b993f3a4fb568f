/**
 * Plain text fit for the message of a commit: what failed, the schedule as CPU columns, the report. No line is longer than
 * asked, but for the command that replays the run, which must stay whole.
 */
import { renderReport } from '../render-report.js';
import { wrap } from '../interleaving/layout.js';
import { renderColumns } from '../interleaving/render-columns.js';
import { report } from '../report.js';
import { reportOptions, type ExportFormat, type ExportedRun } from './run.js';

/** A rule that the report draws, which is as wide as the page at most. */
const RULE = /^([=-])\1{20,}$/;

export const text: ExportFormat = {
  name: 'text',
  extension: '.txt',
  mediaType: 'text/plain; charset=utf-8',
  opensIn: 'anything; made for the message of a commit',
  render: (run, { width }) => {
    const { trace, grade, replay } = run;
    const about = reportOptions(run);
    const [, ...splats] = renderReport(trace, about).trimEnd().split('\n\n');
    const lines = [
      ...head(run),
      '',
      ...renderColumns(trace, { width }),
      '',
      ...splats.flatMap((splat) => [...splat.split('\n'), '']),
      ...(grade === undefined ? [] : [grade]),
    ];
    const fitted = lines.flatMap((line) => fit(line, width));
    return `${[...fitted, replay.command].join('\n')}\n`;
  },
};

function head(run: ExportedRun): string[] {
  const { splats, address, summary } = report(run.trace, reportOptions(run));
  const [first] = splats;
  return [...(first === undefined ? [] : [first.title, '']), `${address}: ${summary}`];
}

const fit = (line: string, width: number): string[] =>
  RULE.test(line) ? [line.slice(0, width)] : wrap(line, width).map((part) => part.trimEnd());
