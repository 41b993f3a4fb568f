/**
 * The interleaving within a page of any width. Columns stand side by side where each keeps enough room; where not, they only
 * begin side by side, and a line may run on to the right edge, since no other stands beside it.
 */
import type { Trace } from '@lastref/kernel';
import { interleaving, type InterleavingOptions } from './interleaving.js';
import { wrap } from './layout.js';
import { legend, MARGIN, rowText } from './render-interleaving.js';

/** A column that is narrower breaks nearly every line. */
const NARROW = 30;
const GAP = 2;

interface Place {
  readonly start: number;
  readonly width: number;
}

/** @returns lines without trailing blanks */
export function renderColumns(
  trace: Trace,
  options: InterleavingOptions & { readonly width: number },
): string[] {
  const { columns, rows, folded } = interleaving(trace, options);
  const places = placesOf(columns.length, options.width);
  const cell = (column: number, text: string, margin = ''): string[] => {
    const { start, width } = places[column] ?? { start: MARGIN, width: NARROW };
    return wrap(text, width).map((line, i) =>
      `${(i === 0 ? margin : '').padEnd(start)}${line}`.trimEnd(),
    );
  };
  const heads = columns.map(({ cpu, task }, column) => cell(column, `${cpu} ${task}`));
  const body = rows.flatMap((row) => {
    const number = row.n === undefined ? '' : String(row.n);
    const margin = `${number.padStart(MARGIN - 2)}${row.preempts === true ? '*' : ' '}`;
    return cell(row.column, rowText(row), margin.trimEnd());
  });
  return [
    ...wrap(legend(trace, folded), options.width),
    '',
    ...besideEachOther(heads, places),
    '',
    ...body,
  ];
}

/** Lines that do not touch become one. */
function besideEachOther(cells: readonly string[][], places: readonly Place[]): string[] {
  const fits = cells.every((lines, i) => {
    const next = places[i + 1];
    return next === undefined || lines.every((line) => line.length < next.start);
  });
  if (!fits) return cells.flat();
  const height = Math.max(0, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, row) =>
    cells.reduce((joined, lines, i) => {
      const line = lines[row] ?? '';
      const start = places[i]?.start ?? 0;
      return line === '' ? joined : joined.padEnd(start) + line.slice(start);
    }, ''),
  );
}

function placesOf(columns: number, page: number): Place[] {
  const room = page - MARGIN;
  const share = Math.floor((room + GAP) / Math.max(1, columns));
  if (share - GAP >= NARROW)
    return Array.from({ length: columns }, (_, i) => ({
      start: MARGIN + i * share,
      width: i === columns - 1 ? room - i * share : share - GAP,
    }));
  const spare = room - NARROW;
  const stride = Math.max(1, Math.floor(spare / Math.max(1, columns - 1)));
  return Array.from({ length: columns }, (_, i) => {
    const start = MARGIN + ((i * stride) % (spare + 1));
    return { start, width: page - start };
  });
}
