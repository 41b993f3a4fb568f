// The first campaign of a new installation, so that there is something to see: asked for on every start, made once
// (the command sends a fixed idempotency key). A failure is a warning: everything else works without it.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { inRoot } from '../ready/places.mjs';
import { outputOf } from '../errors.mjs';

const TIMEOUT_MS = 60_000;

/** @param {string} url @param {NodeJS.ProcessEnv} env @param {(line: string) => void} say */
export async function startFirstCampaign(url, env, say) {
  const args = [
    inRoot('apps', 'cli', 'dist', 'main.js'),
    'campaign',
    'start',
    '--first-run',
    '--url',
    url,
  ];
  try {
    await promisify(execFile)(process.execPath, args, { env, timeout: TIMEOUT_MS });
  } catch (error) {
    const reason = outputOf(error).trim().split('\n').at(-1);
    say(
      `Warning: the first campaign was not started (${reason}). Start one by hand: npx --no lastref campaign start nbd`,
    );
  }
}
