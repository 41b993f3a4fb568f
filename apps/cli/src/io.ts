/** What a command needs of the process it runs in; specs bring their own. */
import type { Engine } from './engine/engine.js';
import type { Result } from './outcome.js';
import type { Progress } from './progress/progress.js';

/** Where a conversation is read from: a terminal, or a pipe. */
export type Input = NodeJS.ReadableStream & {
  readonly isTTY?: boolean;
  readonly setRawMode?: (raw: boolean) => unknown;
};

export interface Io {
  /** For commands that are a conversation: what is said to them, and what they say. */
  readonly input: () => Input;
  readonly out: (text: string) => void;
  /** One line for people while work goes on; never part of the answer. */
  note(line: string): void;
  readonly progress: Progress;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Milliseconds of some clock. */
  readonly now: () => number;
  readonly engine: Engine;
  /** LASTREF_URL, if set. */
  readonly serviceUrl: string | undefined;
  /** The access token for the service, if one is given. */
  readonly token: () => Result<string | undefined>;
  /** DATABASE_URL, for the one command that needs no service. */
  readonly databaseUrl: string | undefined;
}
