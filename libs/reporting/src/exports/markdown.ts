/** GitHub-flavoured Markdown: what failed, a table of what is known of the run, then the schedule and the report as they are. */
import { renderInterleaving } from '../interleaving/render-interleaving.js';
import { markdownCode, markdownFenced, oneLine } from '../markup/markdown.js';
import { report } from '../report.js';
import { renderReport } from '../render-report.js';
import { reportOptions, signatureOf, type ExportedRun, type ExportFormat } from './run.js';

export const markdown: ExportFormat = {
  name: 'markdown',
  extension: '.md',
  mediaType: 'text/markdown; charset=utf-8',
  opensIn: 'GitHub, GitLab, mail clients that draw Markdown',
  render: (run) => {
    const about = reportOptions(run);
    const { splats, summary } = report(run.trace, about);
    return [
      `### ${markdownCode(splats[0]?.title ?? summary)}`,
      '',
      ...table(run),
      '',
      markdownFenced(renderInterleaving(run.trace)),
      '',
      markdownFenced(renderReport(run.trace, about)),
      '',
      markdownFenced(run.replay.command, 'sh'),
      '',
    ].join('\n');
  },
};

function table(run: ExportedRun): string[] {
  const { trace, grade, replay } = run;
  const { events, preemptions, switches, steps } = trace.cost;
  const signature = signatureOf(run);
  const rows: readonly (readonly [string, string])[] = [
    ['case', `${markdownCode(trace.address)} ${plain(trace.title)}`],
    ...(signature === undefined ? [] : [['signature', markdownCode(signature)] as const]),
    ['cost', `${events}/${preemptions}/${switches}/${steps} (events/preemptions/switches/steps)`],
    ...(grade === undefined ? [] : [['grade', plain(grade)] as const]),
    ['program', markdownCode(trace.program)],
    ['token', markdownCode(replay.token)],
  ];
  return ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)];
}

/** Prose in which nothing marks up. */
const plain = (text: string): string =>
  oneLine(text).replaceAll(/[\\`*_{}[\]<>#|~&]/g, String.raw`\$&`);
