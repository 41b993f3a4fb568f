/** Widths of the columns and the breaking of lines that do not fit theirs. */
import { COLUMN_MIN } from '../limits.js';

const CONTINUATION = '    ';

/**
 * Widths for columns whose longest lines are `natural`, within `room` if that leaves each its minimum: narrow ones
 * keep their own, the others share what remains.
 */
export function columnWidths(natural: readonly number[], room: number): number[] {
  const widths = natural.map(() => 0);
  let open = natural.map((_, i) => i);
  let left = room;
  for (;;) {
    const share = Math.max(COLUMN_MIN, Math.floor(left / Math.max(1, open.length)));
    const fitting = open.filter((i) => (natural[i] ?? 0) <= share);
    if (fitting.length === 0) {
      for (const i of open) widths[i] = share;
      return widths;
    }
    for (const i of fitting) {
      widths[i] = natural[i] ?? 0;
      left -= widths[i];
    }
    open = open.filter((i) => !fitting.includes(i));
  }
}

/** Where a line may be broken: after a space, a bracket, or the arrow of a pointer, which no digit stands before. */
const BREAKS = / |\(|(?<!(?:^| )\d+)->/g;

/** Breaks a line; what follows is indented. */
export function wrap(text: string, width: number): string[] {
  if (text.length <= width) return [text];
  const indent = /^ */.exec(text)?.[0] ?? '';
  const head = text.slice(0, width);
  const breaks = [...head.matchAll(BREAKS)].map(({ index, 0: found }) => index + found.length);
  const cut = breaks.findLast((place) => place > indent.length + CONTINUATION.length) ?? width;
  const rest = text.slice(cut).trimStart();
  const continuation = indent + CONTINUATION;
  const first = text.slice(0, cut).trimEnd();
  if (continuation.length >= width || rest === '') return [first, rest].filter((l) => l !== '');
  return [first, ...wrap(indent + CONTINUATION + rest, width)];
}
