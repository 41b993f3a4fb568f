/** Parses C without front matter. */
import { preprocess } from '../pp/preprocess.js';
import { Diagnostics, diagnosticText } from '../text/diagnostics.js';
import type { Unit } from './ast.js';
import { parse } from './parse.js';

export function parsed(
  text: string,
  files: Readonly<Record<string, string>> = {},
  defines: Readonly<Record<string, string>> = {},
): { unit: Unit; tokens: string; told: string[] } {
  const diagnostics = new Diagnostics();
  const read = (path: string): string | null => (path === 'a.c' ? text : (files[path] ?? null));
  const made = diagnostics.catch(() => preprocess('a.c', read, defines, diagnostics));
  const tokens = made?.tokens ?? [];
  const unit = parse(tokens, diagnostics);
  return {
    unit,
    tokens: tokens.map(({ text: own }) => own).join(' '),
    told: diagnostics.sorted.map(diagnosticText),
  };
}
