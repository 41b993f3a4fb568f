/** The blocks of a function that are open: their variables, and what is to be done when one is left. */
import type { Stmt } from '../syntax/ast.js';
import type { Slot } from './values.js';

export interface Scope {
  readonly of: Stmt | null;
  readonly variables: Map<string, Slot>;
  readonly cleanups: (() => void)[];
}

export class Scopes {
  private readonly open: Scope[] = [];

  get depth(): number {
    return this.open.length;
  }

  enter(of: Stmt | null): void {
    this.open.push({ of, variables: new Map(), cleanups: [] });
  }

  leave(): void {
    this.open.pop();
  }

  declare(slot: Slot): void {
    this.open[this.open.length - 1]?.variables.set(slot.name, slot);
  }

  find(name: string): Slot | null {
    return this.open.findLast(({ variables }) => variables.has(name))?.variables.get(name) ?? null;
  }

  atEnd(cleanup: () => void): void {
    this.open[this.open.length - 1]?.cleanups.push(cleanup);
  }

  /** Runs what leaving the scopes from `depth` on asks for, innermost first. */
  clean(depth: number): void {
    for (const { cleanups } of this.open.slice(depth).reverse())
      for (const cleanup of [...cleanups].reverse()) cleanup();
  }

  /** How many of the open scopes hold a statement that stands in these blocks as well. */
  shared(blocks: readonly Stmt[]): number {
    return this.open.filter(({ of }) => of === null || blocks.includes(of)).length;
  }
}
