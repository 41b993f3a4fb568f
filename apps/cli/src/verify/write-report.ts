/**
 * Writes a report to where a CI system looks for it, folders included. The JUnit file is replaced; a summary is added to what
 * other steps have written.
 */
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EXIT } from '../exit-codes.js';
import { ok, refused, type Result } from '../outcome.js';

export async function writeReport(
  path: string | undefined,
  text: () => string,
  how: 'replace' | 'add',
): Promise<Result<null>> {
  if (path === undefined) return ok(null);
  try {
    await mkdir(dirname(path), { recursive: true });
    await (how === 'replace' ? writeFile : appendFile)(path, text());
    return ok(null);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refused(EXIT.environment, `cannot write ${path}: ${reason}`);
  }
}
