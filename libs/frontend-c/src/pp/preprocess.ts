/**
 * The preprocessor: conditionals, macros, `#include "file"`, `#line`, `#error`. Files are asked for by name, so that nothing
 * here touches a disk. Includes of `<...>` are kept apart by name: kernel headers are the business of the caller. A file is
 * read once, which is what include guards and `#pragma once` are for, and what ends a circle.
 */
import { LIMITS } from '../limits.js';
import { Fault, type Diagnostics } from '../text/diagnostics.js';
import { lex } from '../text/lex.js';
import { START, type At } from '../text/position.js';
import { isText, type Comment, type Token } from '../text/token.js';
import { conditionValue } from './condition.js';
import { Expander } from './expand.js';
import { define, type Macros } from './macros.js';

/** The text of a file, or null if there is none of that name. */
export type ReadFile = (path: string) => string | null;

export interface Preprocessed {
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
  /** Headers of `#include <...>`, in order. */
  readonly headers: readonly string[];
  readonly macros: Macros;
}

interface Conditional {
  readonly at: At;
  readonly outer: boolean;
  on: boolean;
  taken: boolean;
  hadElse: boolean;
}

export function preprocess(
  file: string,
  read: ReadFile,
  defines: Readonly<Record<string, string>>,
  diagnostics: Diagnostics,
): Preprocessed {
  const unit = new Preprocessor(read, diagnostics);
  for (const [name, value] of Object.entries(defines)) unit.predefine(name, value);
  unit.file(file, START(file), 0);
  return unit;
}

class Preprocessor implements Preprocessed {
  readonly tokens: Token[] = [];
  readonly comments: Comment[] = [];
  readonly headers: string[] = [];
  readonly macros: Macros = new Map();
  private readonly expander = new Expander(this.macros);
  private readonly seen = new Set<string>();

  constructor(
    private readonly read: ReadFile,
    private readonly diagnostics: Diagnostics,
  ) {}

  predefine(name: string, value: string): void {
    const body = lex(value, 'front matter').lines.flat();
    this.macros.set(name, { parameters: null, variadic: null, body });
  }

  /** @param from where it is asked for */
  file(name: string, from: At, depth: number): void {
    if (this.seen.has(name)) return;
    this.seen.add(name);
    if (depth > LIMITS.includeDepth || this.seen.size > LIMITS.files)
      throw new Fault(
        from,
        `files include each other ${LIMITS.includeDepth} deep, or more than ${LIMITS.files} of them`,
      );
    const text = this.read(name);
    if (text === null) throw new Fault(from, `there is no file '${name}'`);
    const { lines, comments } = lex(text, name);
    this.comments.push(...comments);
    new File(this, this.diagnostics, name, depth).run(lines);
  }

  /** The file that `#include "path"` means: beside the including one, else by itself. */
  find(path: string, from: string): string | null {
    const folder = from.slice(0, from.lastIndexOf('/') + 1);
    return [folder + path, path].find((name) => this.read(name) !== null) ?? null;
  }

  /** Tokens of consecutive lines, since an invocation may go over several. */
  take(run: readonly Token[]): void {
    const expanded = this.diagnostics.catch(() => this.expander.expand(run));
    for (const token of expanded ?? []) this.tokens.push(token);
  }

  holds(tokens: readonly Token[], at: At): boolean {
    const value = this.diagnostics.catch(() =>
      conditionValue(tokens, at, this.macros, this.expander),
    );
    return value !== null && value !== 0;
  }
}

class File {
  private readonly conditionals: Conditional[] = [];
  private pending: Token[] = [];
  /** What `#line` said. */
  private renamed: { readonly by: number; readonly file: string } | null = null;

  constructor(
    private readonly unit: Preprocessor,
    private readonly diagnostics: Diagnostics,
    private readonly name: string,
    private readonly depth: number,
  ) {}

  run(lines: readonly (readonly Token[])[]): void {
    for (const line of lines) {
      const [first, ...rest] = line;
      if (first !== undefined && isText(first, '#'))
        this.diagnostics.catch(() => {
          this.directive(rest.map(this.placed), this.placed(first).at, first.at.line);
        });
      else if (this.active) for (const token of line) this.pending.push(this.placed(token));
    }
    this.flush();
    for (const { at } of this.conditionals)
      this.diagnostics.add({ severity: 'error', at, message: '#if without #endif' });
  }

  private get active(): boolean {
    return this.conditionals.every(({ on }) => on);
  }

  private readonly placed = (token: Token): Token => {
    const { renamed } = this;
    if (renamed === null) return token;
    const { line, column } = token.at;
    return { ...token, at: { file: renamed.file, line: line + renamed.by, column } };
  };

  private flush(): void {
    const run = this.pending;
    this.pending = [];
    this.unit.take(run);
  }

  private directive([word, ...rest]: readonly Token[], at: At, line: number): void {
    const name = word?.text ?? '';
    if (this.conditional(name, rest, at) || !this.active) return;
    this.flush();
    switch (name) {
      case 'define':
        define(this.unit.macros, rest, at);
        return;
      case 'undef':
        this.unit.macros.delete(rest[0]?.text ?? '');
        return;
      case 'include':
        this.include(rest, at);
        return;
      case 'line':
        this.line(rest, at, line);
        return;
      case 'error':
        throw new Fault(at, `#error ${rest.map(({ text }) => text).join(' ')}`);
      case '':
      case 'pragma':
      case 'warning':
      case 'ident':
        return;
    }
    throw new Fault(at, `'#${name}' is no directive`);
  }

  private line([number, file]: readonly Token[], at: At, line: number): void {
    const to = number?.kind === 'number' ? Number(number.text) : Number.NaN;
    if (!Number.isSafeInteger(to)) throw new Fault(at, '#line needs a number');
    const named = file?.kind === 'string' ? file.text.slice(1, -1) : null;
    this.renamed = { by: to - line - 1, file: named ?? this.renamed?.file ?? this.name };
  }

  private include(rest: readonly Token[], at: At): void {
    const [first] = rest;
    if (first?.kind === 'string') {
      const path = first.text.slice(1, -1);
      const found = this.unit.find(path, this.name);
      if (found === null)
        throw new Fault(
          first.at,
          `there is no file '${path}'`,
          `it is looked for beside ${this.name}`,
        );
      this.unit.file(found, at, this.depth + 1);
    } else if (first !== undefined && isText(first, '<'))
      this.unit.headers.push(
        rest
          .slice(1, -1)
          .map(({ text }) => text)
          .join(''),
      );
    else throw new Fault(at, '#include needs "file" or <header>');
  }

  /** Whether it was one of the conditionals. */
  private conditional(name: string, rest: readonly Token[], at: At): boolean {
    const open = this.conditionals[this.conditionals.length - 1];
    switch (name) {
      case 'if':
      case 'ifdef':
      case 'ifndef': {
        this.flush();
        const outer = this.active;
        const on = outer && this.holds(name, rest, at);
        this.conditionals.push({ at, outer, on, taken: on, hadElse: false });
        return true;
      }
      case 'elif':
      case 'else': {
        if (open === undefined) throw new Fault(at, `#${name} without #if`);
        if (open.hadElse) throw new Fault(at, `#${name} behind #else`);
        this.flush();
        open.on = open.outer && !open.taken && (name === 'else' || this.unit.holds(rest, at));
        open.taken ||= open.on;
        open.hadElse = name === 'else';
        return true;
      }
      case 'endif':
        if (open === undefined) throw new Fault(at, '#endif without #if');
        this.flush();
        this.conditionals.pop();
        return true;
    }
    return false;
  }

  private holds(name: 'if' | 'ifdef' | 'ifndef', rest: readonly Token[], at: At): boolean {
    if (name === 'if') return this.unit.holds(rest, at);
    const [asked] = rest;
    if (asked?.kind !== 'name') throw new Fault(at, `#${name} needs a name`);
    return this.unit.macros.has(asked.text) === (name === 'ifdef');
  }
}
