/**
 * The programs that a thread was asked about last, parsed: checking a program and compiling its tables take longer than a replay,
 * and clients ask about the same few. Kept by their whole text, so that one never answers for another.
 */
import { parseProgram, type Program } from '@lastref/kernel';

/** Programs kept; with its tables one takes a few MB at most. */
const KEPT = 16;

const known = new Map<string, Program>();

/** @param text of a stored program; undefined if this version of the engine does not run it */
export function knownProgram(text: string): Program | undefined {
  const kept = known.get(text);
  if (kept !== undefined) {
    known.delete(text);
    known.set(text, kept);
    return kept;
  }
  const parsed = parseProgram(JSON.parse(text));
  if (!parsed.ok) return undefined;
  const [oldest] = known.keys();
  if (known.size >= KEPT && oldest !== undefined) known.delete(oldest);
  known.set(text, parsed.program);
  return parsed.program;
}
