/**
 * The access token for the service: from the file of --token-file, else $LASTREF_TOKEN. Never from the command line, which every
 * user of the machine can read.
 */
import { ACCESS_TOKEN } from '@lastref/contracts';
import { readFileSync } from 'node:fs';
import { EXIT } from '../exit-codes.js';
import { ok, refused, type Result } from '../outcome.js';

export const TOKEN_FILE_FLAG = [
  '--token-file <file>',
  'holds the access token for the service (default: $LASTREF_TOKEN)',
] as const;

export function accessToken(
  file: string | undefined,
  environment: string | undefined,
): Result<string | undefined> {
  if (file === undefined) return checked(environment, 'LASTREF_TOKEN');
  try {
    return checked(readFileSync(file, 'utf8'), `--token-file: ${file}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refused(EXIT.environment, `--token-file: ${reason}`);
  }
}

/** What it holds is not repeated: it may be a secret all the same. */
function checked(text: string | undefined, source: string): Result<string | undefined> {
  const token = text?.trim();
  if (token === undefined || token === '') return ok(undefined);
  if (ACCESS_TOKEN.test(token)) return ok(token);
  return refused(EXIT.usage, `${source} holds no access token: lrt_ and 43 characters`);
}
