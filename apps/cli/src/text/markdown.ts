/** A table with a title, as docs/benchmarks.md holds them. */
export interface TitledTable {
  readonly title: string;
  /** A heading, then the lines. */
  readonly cells: readonly (readonly string[])[];
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;

export function markdown({ title, cells: [heading = [], ...rows] }: TitledTable): string {
  const rule = heading.map(() => '---');
  return `${title}\n\n${[heading, rule, ...rows].map(line).join('')}`;
}
