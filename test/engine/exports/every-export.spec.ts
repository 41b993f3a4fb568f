/**
 * Every export of the minimum of every row that fails, held against what opens it: the parser of Mermaid,
 * Graphviz itself, the published schema of SARIF, the schema of the JSON, the expression that a ShiViz log brings, a reader of
 * XML; and against what the run says, where a consumer would take anything.
 */
import { EXPORT_FORMATS, interleaving, type ExportedRun } from '@lastref/reporting';
import { kindOf } from '@lastref/kernel';
import { XMLParser } from 'fast-xml-parser';
import { holdsOf } from '../../../libs/reporting/src/exports/delays/holds.js';
import { layOut } from './consumers/graphviz.js';
import { parseSequence } from './consumers/mermaid.js';
import { runProblems, sarifProblems, traceProblems } from './consumers/schemas.js';
import { parseLog } from './consumers/shiviz.js';
import { minima } from './minima.js';
import { beforeInRun, clockBefore } from './orders.js';
import { threadFlowSteps } from './sarif-steps.js';
import { checkTraceEvents } from './trace-events.js';
import { underDelays } from './under-delays.js';

/** The parsers of Mermaid and Graphviz take their time where others want the processor too. */
const PATIENCE_MS = 60_000;

const all = minima();

const render = (name: string, run: ExportedRun, width = 75): string => {
  const format = EXPORT_FORMATS.find((one) => one.name === name);
  if (format === undefined) throw new Error(`no format ${name}`);
  return format.render(run, { width });
};

const squeezed = (text: string): string => text.replaceAll(/\s+/g, '');

it('there are failures of every scenario', () => {
  const scenarios = new Set(all.map(({ name }) => name.split('/')[0]));
  expect([...scenarios].sort()).toEqual(['devmem', 'mlx5', 'nbd', 'nvmem', 'smmu']);
  expect(all.length).toBeGreaterThan(60);
});

describe.each([60, 75, 200])('as text %i columns wide', (width) => {
  it('no line is wider but the command, none ends in blanks, nothing is lost', () => {
    for (const { run, name } of all) {
      const text = render('text', run, width);
      const lines = text.trimEnd().split('\n');
      expect([name, lines.filter((line) => / $/.test(line))]).toEqual([name, []]);
      expect([name, lines.slice(0, -1).filter((line) => line.length > width)]).toEqual([name, []]);
      expect(lines.at(-1)).toBe(run.replay.command);
      const { columns, rows } = interleaving(run.trace);
      const whole = squeezed(text);
      for (const { cpu, task } of columns) expect(whole).toContain(squeezed(`${cpu} ${task}`));
      for (const row of rows) expect(whole).toContain(squeezed(row.text));
      expect(whole).toContain(squeezed(run.about ?? ''));
    }
  });
});

it('as Markdown has a table of two columns, and closed fences around what may hold anything', () => {
  for (const { run } of all) {
    const lines = render('markdown', run).split('\n');
    const table = lines.filter((line) => line.startsWith('| '));
    for (const line of table) expect(line.match(/(?<!\\)\|/g)).toHaveLength(3);
    expect(lines.filter((line) => line.startsWith('```'))).toHaveLength(6);
    expect(lines).toContain(`| signature | \`${run.about ?? ''}\` |`);
  }
});

it('as JSON fits its schema', () => {
  for (const { run, name } of all)
    expect([name, runProblems(JSON.parse(render('json', run)))]).toEqual([name, []]);
});

it(
  'as a Mermaid diagram is read by Mermaid, with every task and every step in its order',
  async () => {
    for (const { run } of all) {
      const { participants, messages } = await parseSequence(render('mermaid', run));
      const { columns, rows } = interleaving(run.trace);
      expect(participants).toEqual(columns.map(({ cpu, task }) => `${cpu} ${task}`));
      const steps = messages.flatMap(({ from, to, text }) =>
        from === to && /^\d+\*? /.test(text) ? [`${from ?? ''} ${text}`] : [],
      );
      expect(steps).toEqual(
        rows.flatMap(({ n, column, text, preempts }) =>
          n === undefined ? [] : [`T${column} ${n}${preempts === true ? '*' : ''} ${text}`],
        ),
      );
    }
  },
  PATIENCE_MS,
);

it('as a trace for Perfetto fits the format: slices nest, locks are let go, arrows go forward', () => {
  for (const { run, name } of all) {
    const trace: unknown = JSON.parse(render('perfetto', run));
    expect([name, traceProblems(trace)]).toEqual([name, []]);
    checkTraceEvents(trace, run.trace);
  }
});

it('as a log for ShiViz has clocks that order two steps if locks and wake-ups do, and no others', () => {
  for (const { run } of all) {
    const log = parseLog(render('shiviz', run));
    expect(log).toHaveLength(run.trace.steps.length);
    const before = beforeInRun(run.trace, run.context());
    for (let a = 0; a < log.length; a++)
      for (let b = 0; b < log.length; b++)
        if (clockBefore(log[a], log[b]) !== before(a, b))
          throw new Error(`${run.trace.address}: steps ${a + 1} and ${b + 1}`);
  }
});

it(
  'as a graph is laid out by Graphviz, and the run leads through it to the failure',
  async () => {
    for (const { run } of all) {
      const { objects, edges } = await layOut(render('dot', run));
      const steps = run.trace.steps.map(({ n }) =>
        edges.find(({ label }) => label?.startsWith(`${n} `)),
      );
      for (const [i, step] of steps.entries()) {
        if (step === undefined) throw new Error(`${run.trace.address}: no step ${i + 1}`);
        const next = steps[i + 1];
        if (next !== undefined) expect(step.head).toBe(next.tail);
      }
      const outlooks = steps.map(
        (step) => objects.find(({ _gvid }) => _gvid === step?.tail)?.label ?? '',
      );
      for (const outlook of outlooks) expect(outlook).toMatch(/may fail|fails for certain/);
      const certain = outlooks.findIndex((label) => label.includes('certain'));
      if (certain >= 0)
        for (const outlook of outlooks.slice(certain)) expect(outlook).toContain('certain');
    }
  },
  PATIENCE_MS,
);

it('as JUnit is one failed test that tells how to replay it', () => {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' });
  for (const { run } of all) {
    const { testsuites } = parser.parse(render('junit', run)) as {
      testsuites: {
        failures: string;
        testsuite: { testcase: { failure: Record<string, string> } };
      };
    };
    const { failure } = testsuites.testsuite.testcase;
    expect([testsuites.failures, failure['type']]).toEqual(['1', kindOf(run.about ?? '')]);
    expect(failure['#text']).toContain(run.replay.command);
  }
});

it('as SARIF fits the schema that is published, and its flows hold every step once', () => {
  for (const { run, name } of all) {
    const log: unknown = JSON.parse(render('sarif', run));
    expect([name, sarifProblems(log)]).toEqual([name, []]);
    expect(threadFlowSteps(log)).toEqual(run.trace.steps.map(({ n }) => n));
  }
});

it('as delays leaves a machine no other way to go than the run went', () => {
  let forced = 0;
  for (const { run, program, name } of all) {
    const { trace } = run;
    const holds = holdsOf(trace, run.context());
    const order = underDelays(program, trace, holds);
    expect([name, order]).toEqual([name, trace.steps.map(({ task }) => String(task))]);
    for (const { until } of holds) expect(render('delays', run)).toContain(`step ${until}`);
    forced += holds.length;
  }
  expect(forced).toBeGreaterThan(all.length);
});
