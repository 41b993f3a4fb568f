/** A program from a JSON file, checked as the service checks it. */
import { readFile, stat } from 'node:fs/promises';
import { parseProgram, type Program } from '@lastref/kernel';
import { EXIT } from '../exit-codes.js';
import { PROGRAM_FILE_BYTES } from '../limits.js';
import { ok, refused, type Result } from '../outcome.js';

/** Problems shown of a file that has many. */
const SHOWN = 10;

export async function readProgramFile(path: string): Promise<Result<Program>> {
  const text = await readText(path);
  if (!text.ok) return text;
  const json = parseJson(text.value);
  if (!json.ok) return refused(EXIT.usage, `${path} is not JSON: ${json.message}`);
  const parsed = parseProgram(json.value);
  if (parsed.ok) return ok(parsed.program);
  const problems = parsed.errors.map(
    ({ pointer, message, nearest }) =>
      `  ${pointer === '' ? '/' : pointer}: ${message}${nearest === undefined ? '' : ` (did you mean ${nearest}?)`}`,
  );
  const more = problems.length > SHOWN ? [`  and ${problems.length - SHOWN} more`] : [];
  return refused(
    EXIT.usage,
    [`${path} is not a program:`, ...problems.slice(0, SHOWN), ...more].join('\n'),
  );
}

async function readText(path: string): Promise<Result<string>> {
  try {
    const { size } = await stat(path);
    if (size > PROGRAM_FILE_BYTES)
      return refused(EXIT.usage, `${path} has more than ${PROGRAM_FILE_BYTES} bytes`);
    return ok(await readFile(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refused(EXIT.environment, `cannot read ${path}: ${reason}`);
  }
}

function parseJson(text: string): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
