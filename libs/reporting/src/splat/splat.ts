/** A splat: one failure or report as the kernel would print it, still in pieces. The JSON form is the same. */
import type { Kind } from '@lastref/kernel';

/** A heading and the lines under it, such as a call trace. */
export interface Block {
  readonly heading: string;
  readonly lines: readonly string[];
}

export interface Splat {
  readonly signature: string;
  readonly kind: Kind;
  /** The line that names a report: what mailing lists and trackers search for. */
  readonly title: string;
  readonly blocks: readonly Block[];
}

export const block = (heading: string, lines: readonly string[] = []): Block => ({
  heading,
  lines,
});
