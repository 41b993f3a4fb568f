/** Pieces of Markdown that hold any text: nothing in it is marked up, and it stays in its line and its cell. */

/** On one line. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** Text as code. Inside a table a bar ends the cell even in code; a fence longer than any run of backticks holds them. */
export function markdownCode(text: string): string {
  const fence = fenceFor(text, 1);
  const pad = fence.length > 1 ? ' ' : '';
  return `${fence}${pad}${oneLine(text).replaceAll('|', String.raw`\|`)}${pad}${fence}`;
}

/** Lines as a block of code. */
export function markdownFenced(text: string, language = ''): string {
  const fence = fenceFor(text, 3);
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

function fenceFor(text: string, least: number): string {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length + 1);
  return '`'.repeat(Math.max(least, ...runs));
}
