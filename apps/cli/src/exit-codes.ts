/** What the exit code of every command means. */
export const EXIT = {
  /** Every expectation held; or none is declared and nothing failed. */
  ok: 0,
  /** Something failed, or was not as expected. */
  failed: 1,
  /** The command was used wrongly. */
  usage: 2,
  /** Something outside the command is not as it must be: no service, an unreadable file. */
  environment: 3,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
