/** What a measurement needs of the process it runs in. */
export interface Surroundings {
  /** One line for people while work goes on; never part of the answer. */
  readonly say: (line: string) => void;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** The script that is the command line, for what is measured as a process of its own. */
  readonly lastref: string;
}
