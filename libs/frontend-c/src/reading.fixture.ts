/** Small models for the specs: C with a task that calls it, and what reading and proving it says. */
import { readModel, type Reading } from './model.js';
import { diagnosticText } from './text/diagnostics.js';

export const FILE = 'demo.c';

/** The front matter of one variant and one case; the C begins in line 9 if there is no more. */
export const front = (tasks: string, more = ''): string => `/* lastref
scenario: demo
variants: { one: {} }
cases:
  main:
    given: setup()
    tasks: { ${tasks} }
${more}*/
`;

export const reading = (text: string, files: Readonly<Record<string, string>> = {}): Reading =>
  readModel(FILE, (path) => (path === FILE ? text : (files[path] ?? null)));

/** The diagnostics of a model, one a line. */
export const told = (text: string): string[] => {
  const { diagnostics } = reading(text);
  return diagnostics.map(diagnosticText);
};
