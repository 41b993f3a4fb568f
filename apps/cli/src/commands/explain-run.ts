/** What `--explain` adds to a shrink or a replay: why the run shows its signature, as text and as data. */
import type { Program } from '@lastref/kernel';
import { renderExplanation, type Explanation } from '@lastref/shrinking';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { ok, refused, type Result } from '../outcome.js';
import { replayScheduleCommand } from '../text/commands.js';

export interface Explained {
  /** For the answer's text, under the run. */
  readonly lines: readonly string[];
  /** For its JSON. */
  readonly json: { readonly explanation?: Explanation };
}

/** @param run its schedule, and its signature where it has one; undefined where nobody asked */
export async function explained(
  program: Program,
  reference: string,
  run: { readonly schedule: string; readonly signature: string | undefined } | undefined,
  io: Io,
): Promise<Result<Explained>> {
  if (run === undefined) return ok({ lines: [], json: {} });
  const { schedule, signature } = run;
  if (signature === undefined)
    return refused(EXIT.usage, 'the run neither fails nor reports anything: nothing to explain');
  const result = await io.engine.explain(program, schedule, signature, {}, io.signal);
  if (!result.ok) return result;
  if (!result.value.ok) return refused(EXIT.failed, result.value.message);
  const { explanation } = result.value;
  const text = renderExplanation(explanation, (other) => replayScheduleCommand(reference, other));
  return ok({ lines: [text, ''], json: { explanation } });
}
