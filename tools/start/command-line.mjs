// Runs a command of the command line against the running service, for what a start asks of it. A failure is a warning: everything
// else works without it.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { inRoot } from '../ready/places.mjs';
import { outputOf } from '../errors.mjs';

const TIMEOUT_MS = 60_000;

/**
 * @param {string[]} words
 * @param {{ url: string, env: NodeJS.ProcessEnv, say: (line: string) => void, warning: (reason: string) => string }} context
 */
export async function runCommand(words, { url, env, say, warning }) {
  const args = [inRoot('apps', 'cli', 'dist', 'main.js'), ...words, '--url', url];
  try {
    await promisify(execFile)(process.execPath, args, { env, timeout: TIMEOUT_MS });
  } catch (error) {
    const reason = outputOf(error).trim().split('\n').at(-1);
    say(`Warning: ${warning(reason ?? '')}`);
  }
}
