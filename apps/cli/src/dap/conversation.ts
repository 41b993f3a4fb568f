/**
 * What one editor's session has come to: how far, on which run, and the numbers that stand for frames and variables. Such numbers
 * are of one state; a move makes new ones, so that an old one is never taken for something else.
 */
import type { FindIo } from '../programs/find-program.js';
import type { Debuggee } from './debuggee.js';
import type { VariableNode } from './variables.js';

/** In the order in which a session goes through them. */
export const PHASES = ['new', 'initialized', 'launched', 'stopped'] as const;
export type Phase = (typeof PHASES)[number];

/** Line and column numbers as the client counts them. */
export interface Counting {
  readonly line: (line: number) => number;
  readonly column: (column: number) => number;
  readonly lineOfClient: (line: number) => number;
}

/** Numbers for things of one state. Never given out twice, so that one of an earlier state is not taken for another thing. */
export class Numbers<T> {
  private next = 1;
  private readonly known = new Map<number, T>();

  of(thing: T): number {
    this.known.set(this.next, thing);
    return this.next++;
  }

  find(number: number): T | undefined {
    return this.known.get(number);
  }

  forget(): void {
    this.known.clear();
  }
}

export class Conversation {
  phase: Phase = 'new';
  stopOnEntry = true;
  /** The report of a failure is told once. */
  hasReported = false;
  readonly frames = new Numbers<{ readonly task: number }>();
  readonly variables = new Numbers<readonly VariableNode[]>();
  private run: Debuggee | undefined;

  /** @param io what asking a service for a program takes */
  constructor(
    readonly counting: Counting,
    readonly io: FindIo,
  ) {}

  hasCome(phase: Phase): boolean {
    return PHASES.indexOf(this.phase) >= PHASES.indexOf(phase);
  }

  launched(debuggee: Debuggee, stopOnEntry: boolean): void {
    this.run = debuggee;
    this.stopOnEntry = stopOnEntry;
    this.phase = 'launched';
  }

  /** There is one from `launched` on. */
  get debuggee(): Debuggee {
    if (this.run === undefined) throw new Error('nothing is launched');
    return this.run;
  }

  forget(): void {
    this.frames.forget();
    this.variables.forget();
  }
}
