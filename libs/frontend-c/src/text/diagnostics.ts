/**
 * What is wrong with the author's text: each with its place and the way out. All of them are collected, so that one reading
 * shows everything; past the bound they are only counted. A stage that cannot go on at some place throws a Fault, which is
 * caught where that stage can go on at another.
 */
import { LIMITS } from '../limits.js';
import { atText, comparePositions, type At } from './position.js';

export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly at: At;
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}

export class Fault extends Error {
  override readonly name = 'Fault';

  constructor(
    readonly at: At,
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }

  get diagnostic(): Diagnostic {
    const { at, message, hint } = this;
    return { severity: 'error', at, message, ...(hint === undefined ? {} : { hint }) };
  }
}

export class Diagnostics {
  private readonly list: Diagnostic[] = [];
  private readonly known = new Set<string>();
  private left = 0;

  add(diagnostic: Diagnostic): void {
    const key = `${atText(diagnostic.at)} ${diagnostic.message}`;
    if (this.known.has(key)) return;
    if (this.list.length >= LIMITS.diagnostics) {
      this.left++;
      return;
    }
    this.known.add(key);
    this.list.push(diagnostic);
  }

  /** Runs a stage; a Fault of it becomes a diagnostic and null. Every other error is a mistake of this library. */
  catch<T>(stage: () => T): T | null {
    try {
      return stage();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.add(error.diagnostic);
      return null;
    }
  }

  get hasErrors(): boolean {
    return this.left > 0 || this.list.some(({ severity }) => severity === 'error');
  }

  /** By place. */
  get sorted(): readonly Diagnostic[] {
    const compare = comparePositions([...new Set(this.list.map(({ at }) => at.file))]);
    return [...this.list].sort((a, b) => compare(a.at, b.at));
  }

  /** How many more there were. */
  get more(): number {
    return this.left;
  }
}

/** `file:line:column: error: message`, the way out below. */
export function diagnosticText({ severity, at, message, hint }: Diagnostic): string {
  const from = at.macro === undefined ? '' : ` (in macro ${at.macro})`;
  const below = hint === undefined ? '' : `\n    ${hint}`;
  return `${atText(at)}: ${severity}: ${message}${from}${below}`;
}
