/** A run as one JUnit test: it fails if the run does, with the report and the command that replays it. */
import { junitXml } from '../markup/junit.js';
import { kindOf } from '@lastref/kernel';
import { renderInterleaving } from '../interleaving/render-interleaving.js';
import { report } from '../report.js';
import { renderReport } from '../render-report.js';
import { reportOptions, signatureOf, type ExportFormat } from './run.js';

export const junit: ExportFormat = {
  name: 'junit',
  extension: '.xml',
  mediaType: 'application/xml',
  opensIn: 'CI: GitLab, Jenkins, GitHub actions that show test reports',
  render: (run) => {
    const { trace, replay } = run;
    const about = reportOptions(run);
    const { splats, summary } = report(trace, about);
    const signature = signatureOf(run);
    const text = `${renderReport(trace, about)}\n${renderInterleaving(trace)}\n${replay.command}\n`;
    const [scenario = '', variant = '', name = 'main'] = trace.address.split('/');
    const test =
      signature === undefined
        ? { name, elapsedMs: 0, output: text }
        : {
            name,
            elapsedMs: 0,
            problem: {
              as: 'failure' as const,
              type: kindOf(signature),
              message: splats[0]?.title ?? summary,
              text,
            },
          };
    return junitXml([{ name: `${scenario}/${variant}`, tests: [test] }]);
  },
};
