/**
 * A delay recipe: how to force this order of steps on real hardware. Derived from the run alone: which commands are started when,
 * where in which functions to wait how long, what a probe can do of it without a rebuild, how to see that it came about, and
 * what no delay brings about.
 */
import { kindOf, type RunContext, type Trace } from '@lastref/kernel';
import { taskName } from '../../facts/names.js';
import { signatureOf, type ExportedRun, type ExportFormat } from '../run.js';
import { beyondDelays } from './beyond.js';
import { detectorOf } from './detectors.js';
import { holdsOf, lengthsOf, type Hold } from './holds.js';
import { delayLines } from './delay-lines.js';
import { watchScript } from './watch.js';

/** A delay's unit in milliseconds; less where a CPU spins meanwhile, whose watchdogs bark after ten seconds. */
const UNIT_MS = 1000;
const SPINNING_UNIT_MS = 100;

export const delays: ExportFormat = {
  name: 'delays',
  extension: '.delays.txt',
  mediaType: 'text/plain; charset=utf-8',
  opensIn: 'an editor, beside the source of the kernel',
  render: (run) => {
    const { trace } = run;
    const context = run.context();
    const all = holdsOf(trace, context);
    const lengths = lengthsOf(all, trace.steps.length);
    const unit = all.some(({ atomic }) => atomic !== undefined) ? SPINNING_UNIT_MS : UNIT_MS;
    const timed = all.map((hold, i) => ({ hold, ms: (lengths[i] ?? 0) * unit }));
    const inKernel = timed.filter(({ hold }) => !isStart(hold, context));
    const watch = watchScript(trace);
    const section = (title: string, lines: readonly string[]): string[] => [
      '',
      title,
      ...lines.map((line) => (line === '' ? '' : `  ${line}`)),
    ];
    return [
      ...head(run),
      ...section('1. Bring the machine to where the case begins:', [trace.title]),
      ...section(
        '2. Start these together, each in a shell of its own:',
        commands(trace, context, timed),
      ),
      ...section(
        '3. Delays in the kernel:',
        inKernel.length === 0
          ? ['none: every switch of this run is at a place where the kernel itself waits']
          : inKernel.flatMap(({ hold, ms }, i) => [
              ...(i === 0 ? [] : ['']),
              ...delayLines(trace, hold, ms, i + 1),
            ]),
      ),
      ...section(
        '4. Watch whether the order comes about (bpftrace can not delay, but it can tell):',
        [...(watch.length === 0 ? ['no function of this run takes a probe'] : watch)],
      ),
      ...section('5. What delays can not force:', beyondDelays(trace, context, all)),
      '',
      run.replay.command,
      '',
    ].join('\n');
  },
};

function head(run: ExportedRun): string[] {
  const { trace } = run;
  const signature = signatureOf(run);
  const what = signature === undefined ? trace.verdict.outcome : signature;
  return [
    `Delay recipe: ${trace.address}: ${what}`,
    ...(signature === undefined ? [] : [`Seen with: ${detectorOf(kindOf(signature))}`]),
  ];
}

interface TimedHold {
  readonly hold: Hold;
  readonly ms: number;
}

/** A command is held back by starting it later. */
const isStart = ({ task, after }: Hold, { kinds }: RunContext): boolean =>
  after === 0 && kinds[task] === 'task';

/** In the order in which they begin; one that takes no step in the run is not to begin before it fails. */
function commands(trace: Trace, context: RunContext, timed: readonly TimedHold[]): string[] {
  const starts = trace.tasks.flatMap((name, task) => {
    if (context.kinds[task] !== 'task') return [];
    const first = trace.steps.find((step) => step.task === task)?.n ?? Infinity;
    const start = timed.find(({ hold }) => hold.task === task && isStart(hold, context));
    return start === undefined && first === Infinity ? [] : [{ name, first, start }];
  });
  return starts
    .sort((a, b) => a.first - b.first)
    .map(({ name, first, start }) => {
      if (start === undefined) return name;
      const { until } = start.hold;
      const step = trace.steps[until - 1];
      const done = `${taskName(trace, step?.task ?? -1)} has done \`${step?.text ?? ''}\`, step ${until}`;
      const when = first === Infinity ? `not before ${done}` : `when ${done}`;
      return `sleep ${start.ms / 1000}; ${name}  # ${when}`;
    });
}
