/**
 * `lastref check model.c`: every variant and case of a model in C, proved and compared with what its front matter expects.
 * Mistakes in the text are all told at once, with their places: exit 2. What no verdict speaks of stands beside it.
 */
import { diagnosticText, notesText, type CompiledCase, type Reading } from '@lastref/frontend-c';
import { differences } from '@lastref/judging';
import type { Checked } from '../answers/check.js';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, isOfCase, ok, refusal, type Outcome, type Result } from '../outcome.js';
import { readModelFile } from '../programs/read-model.js';
import { checkText } from '../text/check-text.js';
import { unexecutedLines } from '../text/unexecuted-lines.js';

export interface CheckOptions {
  readonly maxStates: number;
}

export async function check(path: string, options: CheckOptions, io: Io): Promise<Outcome> {
  const reading = readModelFile(path);
  if (!reading.ok) return refusal(EXIT.usage, problems(path, reading));
  for (const warning of reading.diagnostics) io.note(diagnosticText(warning));
  const rows: Checked[] = [];
  for (const one of reading.cases) {
    const row = await checked(one, options, io);
    if (row.ok) rows.push(row.value);
    else return row.refusal;
  }
  const held = rows.every((row) => row.held);
  return answer(held ? EXIT.ok : EXIT.failed, { cases: rows }, rows.map(checkText).join('\n'));
}

/** Each on its own line, so that an editor finds the places. */
function problems(path: string, { diagnostics, more }: Reading): string {
  const list = diagnostics.map(diagnosticText);
  const rest = more > 0 ? [`and ${more} more`] : [];
  return [`${path} cannot be checked:`, ...list, ...rest].join('\n');
}

async function checked(
  { address, compiled, expect, notes }: CompiledCase,
  { maxStates }: CheckOptions,
  { engine, signal, now }: Io,
): Promise<Result<Checked>> {
  const { program, lines } = compiled;
  const began = now();
  const result = await engine.prove(program, { maxStates, symmetry: false, reduce: false }, signal);
  const base = { address, operations: program.code.length, notes: notesText(notes) };
  if (!result.ok) {
    if (!isOfCase(result.refusal)) return result;
    return ok({ ...base, held: false, error: result.refusal.message });
  }
  const { complete, failures, reports, missed, states, depth, unexecuted, ends, pollers } =
    result.value;
  const cleanEnds = ends.clean + pollers.length > 0;
  const why =
    expect === undefined ? [] : differences(expect, { failures, reports, missed, cleanEnds });
  const differs = complete ? why : [...why, 'the search did not end'];
  const held = expect === undefined ? complete && failures.length === 0 : differs.length === 0;
  return ok({
    ...base,
    held,
    proved: complete,
    failures,
    reports,
    missed,
    states,
    depth,
    elapsedMs: Math.round(now() - began),
    neverExecuted: unexecutedLines(program, lines, unexecuted),
    warnings: compiled.warnings,
    ...(expect === undefined ? {} : { expect: expect.expect, why: differs }),
  });
}
