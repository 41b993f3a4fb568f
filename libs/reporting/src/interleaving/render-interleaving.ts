/** The interleaving as text: at most 100 columns wide for two tasks; ends with a line feed. */
import type { Trace } from '@lastref/kernel';
import { PAGE_WIDTH } from '../limits.js';
import { interleaving, type InterleavingOptions, type Row } from './interleaving.js';
import { columnWidths, wrap } from './layout.js';

/** Number of the step, mark of a preemption, a space. */
export const MARGIN = 6;
const GAP = '  ';

export function renderInterleaving(trace: Trace, options: InterleavingOptions = {}): string {
  const { columns, rows, folded } = interleaving(trace, options);
  const heads = columns.map(({ cpu, task }) => `${cpu} ${task}`);
  const natural = heads.map((head, column) =>
    Math.max(
      head.length,
      ...rows.filter((row) => row.column === column).map((row) => rowText(row).length),
    ),
  );
  const room = PAGE_WIDTH - MARGIN - GAP.length * (columns.length - 1);
  const widths = columnWidths(natural, room);
  const lines = rows.flatMap((row) => rowLines(row, widths));
  const ruled = [heads, heads.map((head) => '-'.repeat(head.length))];
  return (
    [
      legend(trace, folded),
      '',
      ...ruled.map((cells) => `${' '.repeat(MARGIN)}${join(cells, widths)}`.trimEnd()),
      ...lines,
    ].join('\n') + '\n'
  );
}

export function legend(trace: Trace, folded: number): string {
  const { events, preemptions, switches, steps } = trace.cost;
  return [
    `cost ${events}/${preemptions}/${switches}/${steps} (events/preemptions/switches/steps)`,
    ...(preemptions > 0 ? ['* preempts'] : []),
    ...(folded > 0 ? [`${folded} step${folded === 1 ? '' : 's'} folded`] : []),
  ].join('; ');
}

export const rowText = ({ kind, text }: Row): string => (kind === 'context' ? text : `  ${text}`);

function rowLines(row: Row, widths: readonly number[]): string[] {
  const before = widths.slice(0, row.column).map(() => '');
  return wrap(rowText(row), widths[row.column] ?? 0).map((line, i) => {
    const number = i === 0 && row.n !== undefined ? String(row.n) : '';
    const mark = i === 0 && row.preempts === true ? '*' : ' ';
    return `${number.padStart(MARGIN - 2)}${mark} ${join([...before, line], widths)}`.trimEnd();
  });
}

const join = (cells: readonly string[], widths: readonly number[]): string =>
  cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(GAP);
