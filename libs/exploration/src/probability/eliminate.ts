/** Gaussian elimination with the largest pivot, for the small dense systems of restart loops. */

/** Element at an index that the caller guarantees. Not the kernel's cell(): that one is fast because it only ever sees integers. */
export const cell64 = (vector: Float64Array, index: number): number => vector[index] as number;

/** Solves the system whose rows are [coefficients..., right-hand side]. The rows are used up. */
export function eliminate(rows: Float64Array[]): number[] {
  const n = rows.length;
  for (let column = 0; column < n; column++) {
    const pivot = largest(rows, column);
    for (let i = column + 1; i < n; i++) {
      const row = rows[i];
      if (row === undefined) continue;
      const factor = cell64(row, column) / cell64(pivot, column);
      if (factor === 0) continue;
      for (let j = column; j <= n; j++) row[j] = cell64(row, j) - factor * cell64(pivot, j);
    }
  }
  const solution = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    const row = rows[i];
    if (row === undefined) continue;
    let sum = cell64(row, n);
    for (let j = i + 1; j < n; j++) sum -= cell64(row, j) * (solution[j] ?? 0);
    solution[i] = sum / cell64(row, i);
  }
  return solution;
}

/** Brings the row with the largest element of the column to its place. */
function largest(rows: Float64Array[], column: number): Float64Array {
  const size = (row: Float64Array): number => Math.abs(cell64(row, column));
  let best = rows[column] ?? new Float64Array();
  let at = column;
  rows.forEach((row, i) => {
    if (i > column && size(row) > size(best)) [best, at] = [row, i];
  });
  const displaced = rows[column];
  if (displaced !== undefined) rows[at] = displaced;
  rows[column] = best;
  return best;
}
