/** What every declared command shares: --json, and the one way an outcome is delivered. */
import type { Io } from '../io.js';
import type { Outcome } from '../outcome.js';

export interface CommonFlags {
  readonly json?: boolean;
}

export interface Context {
  /** Runs a command's work and delivers what it amounts to. */
  run(flags: CommonFlags, work: (io: Io) => Promise<Outcome>): Promise<void>;
}

export const JSON_FLAG = ['--json', 'print the answer as JSON'] as const;

export const ADDRESS = 'scenario/variant[/case], or a program file';

export const SEED_MAX = Number.MAX_SAFE_INTEGER;
