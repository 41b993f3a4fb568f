/**
 * A log for ShiViz: each step with the vector clock of its task, and in the first line the expression by which ShiViz reads
 * the rest. The clocks tell which steps are ordered by locks and by wake-ups; two that they do not order raced.
 */
import { taskName } from '../facts/names.js';
import { linksOf, ordersSteps } from './links.js';
import type { ExportedRun, ExportFormat } from './run.js';
import { vectorClocks } from './vector-clocks.js';

const EXPRESSION = String.raw`(?<host>\S*) (?<clock>{.*})\n(?<event>.*)`;

export const shiviz: ExportFormat = {
  name: 'shiviz',
  extension: '.shiviz.log',
  mediaType: 'text/plain; charset=utf-8',
  opensIn: 'ShiViz: bestchai.bitbucket.io/shiviz, open a log file',
  render: (run) => {
    const hosts = hostNames(run);
    const links = linksOf(run.trace, run.context()).filter(ordersSteps);
    const clocks = vectorClocks(run.trace.steps, links);
    const lines = run.trace.steps.flatMap((step, i) => {
      const clock = [...(clocks[i] ?? [])].map(([task, time]) => [hosts(task), time]);
      return [`${hosts(step.task)} ${JSON.stringify(Object.fromEntries(clock))}`, eventOf(run, i)];
    });
    return [EXPRESSION, '', ...lines, ''].join('\n');
  },
};

function eventOf({ trace }: ExportedRun, index: number): string {
  const step = trace.steps[index];
  if (step === undefined) return '';
  const fails = index === trace.steps.length - 1 && trace.verdict.outcome === 'failed';
  const words = `${step.n} ${step.function}: ${step.text}${fails ? ` *** ${trace.verdict.signature}` : ''}`;
  return words.replaceAll(/\s+/g, ' ');
}

/** Names without blanks, each of one task only; never one that an object would take for a number. */
function hostNames({ trace }: ExportedRun): (task: number) => string {
  return (task) => `T${task}:${taskName(trace, task).replaceAll(/[\s{}"\\]+/g, '_')}`;
}
