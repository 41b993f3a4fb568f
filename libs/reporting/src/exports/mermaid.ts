/**
 * A Mermaid sequence diagram: a participant per task that runs, a message per step that is worth one, active while the task
 * holds a lock, an arrow to whom it wakes, and a note where the run fails. Diagrams past a size are refused by what draws them,
 * so that of a long run the beginning is left out.
 */
import { interleaving, type Row } from '../interleaving/interleaving.js';
import { MERMAID_ROWS } from '../limits.js';
import { linksOf } from './links.js';
import type { ExportedRun, ExportFormat } from './run.js';

export const mermaid: ExportFormat = {
  name: 'mermaid',
  extension: '.mmd',
  mediaType: 'text/vnd.mermaid; charset=utf-8',
  opensIn: 'Mermaid: GitHub and GitLab in a fence, mermaid.live',
  render: (run) => {
    const { columns, rows } = interleaving(run.trace);
    const left = Math.max(0, rows.length - MERMAID_ROWS);
    const shown = rows.slice(left);
    const all = columns.map((_, column) => `T${column}`);
    const span = all.length > 1 ? `${all[0] ?? 'T0'},${all[all.length - 1] ?? 'T0'}` : 'T0';
    return [
      'sequenceDiagram',
      ...columns.map(
        ({ cpu, task }, column) => `    participant T${column} as ${escape(`${cpu} ${task}`)}`,
      ),
      ...(left > 0 ? [`    Note over ${span}: ${left} rows before are left out`] : []),
      ...body(run, shown).map((line) => `    ${line}`),
      '',
    ].join('\n');
  },
};

function body(run: ExportedRun, rows: readonly Row[]): string[] {
  const { trace } = run;
  const columnOf = columnsOf(run);
  const links = linksOf(trace, run.context());
  const held = new Map<number, number>();
  return rows.flatMap((row): string[] => {
    const me = `T${row.column}`;
    const step = row.n === undefined ? undefined : trace.steps[row.n - 1];
    switch (row.kind) {
      case 'context':
        return [`Note over ${me}: ${escape(row.text.replace(/:$/, ''))}`];
      case 'failure':
        return [`Note over ${me}: ${escape(row.text)}`];
      case 'blocks':
        return [`${me}-x${blocker(row, me)}: ${escape(row.text)}`];
      case 'step': {
        const mark = row.preempts === true ? `${row.n ?? ''}*` : String(row.n ?? '');
        const before = held.get(row.column) ?? 0;
        const after = (step?.locks ?? []).reduce(
          (count, { event }) => Math.max(0, count + (event === 'release' ? -1 : 1)),
          before,
        );
        held.set(row.column, after);
        const active = Array.from({ length: Math.abs(after - before) }, () =>
          after > before ? `activate ${me}` : `deactivate ${me}`,
        );
        const leads = links.flatMap(({ from, to, kind }) => {
          const other = columnOf(trace.steps[to - 1]?.task ?? -1);
          return from !== row.n || other < 0 || kind === 'unlocks'
            ? []
            : [`${me}--)T${other}: ${kind}, step ${to}`];
        });
        return [`${me}->>${me}: ${escape(`${mark} ${row.text}`)}`, ...active, ...leads];
      }
    }
  });
}

/** The column of the first task that is blocked on; the task's own where nobody is known to hold what it waits for. */
function blocker({ text }: Row, me: string): string {
  const cpu = /blocks on CPU(\d+)/.exec(text)?.[1];
  return cpu === undefined ? me : `T${cpu}`;
}

function columnsOf({ trace }: ExportedRun): (task: number) => number {
  const { columns } = interleaving(trace);
  return (task) => columns.findIndex(({ task: name }) => name === trace.tasks[task]);
}

/** What ends a statement, begins a comment or an entity, or is taken for a tag. */
const escape = (text: string): string =>
  text.replaceAll(/[#;<>%{}"\\:]|[^\S ]/g, (one) =>
    /\s/.test(one) ? ' ' : `#${one.charCodeAt(0)};`,
  );
