/**
 * This machine's part of an installation, as the clone's tools/doctor.mjs sees it. Without a clone around the command there is nothing
 * to look at.
 */
import { checkSchema, type Check } from '@lastref/contracts';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { REQUEST_TIMEOUT_MS } from '../limits.js';

const SCRIPT = fileURLToPath(new URL('../../../../tools/doctor.mjs', import.meta.url));

export async function lookAtMachine(signal: AbortSignal, script = SCRIPT): Promise<Check[]> {
  if (!existsSync(script)) return [];
  try {
    const options = { signal, timeout: REQUEST_TIMEOUT_MS };
    const { stdout } = await promisify(execFile)(process.execPath, [script], options);
    return z.array(checkSchema).parse(JSON.parse(stdout));
  } catch (error) {
    const [found] = (error instanceof Error ? error.message : String(error)).split('\n').slice(-2);
    const advice = `See what \`node ${script}\` prints.`;
    return [{ name: 'machine', state: 'fault', found: found ?? 'no answer', advice }];
  }
}
