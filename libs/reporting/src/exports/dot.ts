/**
 * The state graph around a run, for Graphviz: its states in one line, those a step beside it, and by colour what can still come of
 * each. Red: nothing but the failure; blue: nothing but other ends; white: both; grey: not known.
 */
import type { NearState, NearStep, Trace } from '@lastref/kernel';
import { taskName } from '../facts/names.js';
import { signatureOf, type ExportFormat } from './run.js';

const FAILURE = 'failure';

export const dot: ExportFormat = {
  name: 'dot',
  extension: '.dot',
  mediaType: 'text/vnd.graphviz; charset=utf-8',
  opensIn: 'Graphviz: dot -Tsvg',
  render: (run) => {
    const { trace } = run;
    const signature = signatureOf(run);
    const { states, steps, searched } = run.surroundings(signature);
    const failing = [...new Set(steps.flatMap((step) => step.signature ?? []))];
    return [
      'digraph run {',
      `  label=${quoted(`${trace.address}: ${signature ?? trace.verdict.outcome}\n${searched} states searched for what may follow`)};`,
      '  node [shape=box, style="rounded,filled", fillcolor=white, fontname="Courier"];',
      '  edge [fontname="Courier", fontsize=10];',
      ...states.map((state) => `  ${nodeOf(state)}`),
      ...failing.map(
        (one, i) =>
          `  ${FAILURE}${i} [label=${quoted(`*** ${one}`)}, shape=octagon, fillcolor="#e5534b"];`,
      ),
      ...states.flatMap(({ id, cut }) =>
        cut
          ? [
              `  c${id} [label="...", shape=plaintext, style=""];`,
              `  s${id} -> c${id} [style=dotted];`,
            ]
          : [],
      ),
      ...steps.map((step) => `  ${edgeOf(trace, step, failing)}`),
      '}',
      '',
    ].join('\n');
  },
};

function nodeOf(state: NearState): string {
  const { id, onRun, end } = state;
  const label = [
    onRun === undefined ? 'beside' : `after step ${onRun}`,
    outlookOf(state).words,
    ...(end === undefined ? [] : [`ends: ${end}`]),
  ].join('\n');
  const width = onRun === undefined ? '' : ', penwidth=2';
  return `s${id} [label=${quoted(label)}, fillcolor="${outlookOf(state).colour}"${width}];`;
}

function outlookOf({ fails, passes, known }: NearState): { words: string; colour: string } {
  if (fails && passes) return { words: 'may fail', colour: '#ffffff' };
  if (!known) return { words: fails ? 'may fail' : 'not known', colour: '#d0d7de' };
  return fails
    ? { words: 'fails for certain', colour: '#ffb3ad' }
    : { words: 'can not fail so', colour: '#b6d7ff' };
}

function edgeOf(trace: Trace, step: NearStep, failing: readonly string[]): string {
  const { from, to, task, text, fault, n } = step;
  const target = to === null ? `${FAILURE}${failing.indexOf(step.signature ?? '')}` : `s${to}`;
  const label = `${n === undefined ? '' : `${n} `}${taskName(trace, task)}\n${text}${fault ? ' fails (fault)' : ''}`;
  const style = n === undefined ? 'color="#8c959f"' : 'penwidth=2';
  return `s${from} -> ${target} [label=${quoted(label)}, ${style}];`;
}

/** A line feed inside is a new line of the label. */
const quoted = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
