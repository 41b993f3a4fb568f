/**
 * Reads the front matter: YAML in the first comment that begins with `lastref`. What is wrong with it is told at its own
 * line and column, all of it at once.
 */
import { nearest } from '@lastref/kernel';
import { isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import type { Diagnostics } from '../text/diagnostics.js';
import { START, type At } from '../text/position.js';
import { frontMatterSchema, type FrontMatter } from './schema.js';

const BEGIN = /\/\*[ \t]*lastref[ \t]*(?=\r?\n)/;
const HINT =
  'begin the file with /* lastref, a line each of scenario:, variants: and cases:, and */';

type Key = string | number | symbol;

export interface Front {
  readonly matter: FrontMatter;
  /** Where a value stands, by its keys. */
  readonly at: (path: readonly Key[]) => At;
}

export function readFront(text: string, file: string, diagnostics: Diagnostics): Front | null {
  const found = BEGIN.exec(text);
  const from = found === null ? -1 : found.index + found[0].length;
  const to = text.indexOf('*/', Math.max(from, 0));
  if (found === null || to < 0) {
    const message = 'there is no front matter';
    diagnostics.add({ severity: 'error', at: START(file), message, hint: HINT });
    return null;
  }
  const lines = new LineCounter();
  const document = parseDocument(text.slice(from, to).replace(/\t/g, ' '), { lineCounter: lines });
  const firstLine = text.slice(0, from).split('\n').length;
  const place = (offset: number): At => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1) + firstLine - 1, column: Math.max(col, 1) };
  };
  for (const { message, pos } of document.errors)
    diagnostics.add({
      severity: 'error',
      at: place(pos[0]),
      message: `front matter: ${message.split('\n')[0] ?? ''}`,
    });
  if (document.errors.length > 0) return null;
  const at = (path: readonly Key[]): At => place(offsetOf(document, path));
  const parsed = frontMatterSchema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (parsed.success) return { matter: parsed.data, at };
  for (const issue of parsed.error.issues) report(issue, at, diagnostics);
  return null;
}

/** Where the value stands; where there is none, what it would be in. */
function offsetOf(document: Document, path: readonly Key[]): number {
  for (let n = path.length; n > 0; n--) {
    const node: unknown = document.getIn(path.slice(0, n), true);
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
    if (Array.isArray(range) && typeof range[0] === 'number') return range[0];
    if (isScalar(node)) return 0;
  }
  return 0;
}

function report(
  issue: z.core.$ZodIssue,
  at: (path: readonly Key[]) => At,
  diagnostics: Diagnostics,
): void {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      const near = nearest(key, Object.keys(frontMatterSchema.shape));
      diagnostics.add({
        severity: 'error',
        at: at([...issue.path, key]),
        message: `front matter: '${key}' is not known${path === '' ? '' : ` in ${path}`}`,
        ...(near === undefined ? {} : { hint: `did you mean ${near}?` }),
      });
    }
    return;
  }
  diagnostics.add({
    severity: 'error',
    at: at(issue.path),
    message: `front matter: ${path}: ${issue.message}`,
  });
}
