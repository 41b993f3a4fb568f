// The first campaign of a new installation, so that there is something to see, and its nightly, so that it has a night without a
// hand: asked for on every start, made once (both commands send a fixed idempotency key).
import { runCommand } from './command-line.mjs';

/** @param {string} url @param {NodeJS.ProcessEnv} env @param {(line: string) => void} say */
export async function startFirstCampaign(url, env, say) {
  await runCommand(['campaign', 'start', '--first-run'], {
    url,
    env,
    say,
    warning: (reason) =>
      `the first campaign was not started (${reason}). Start one by hand: npx --no lastref campaign start nbd`,
  });
}

/** @param {string} url @param {NodeJS.ProcessEnv} env @param {(line: string) => void} say */
export async function setUpFirstNight(url, env, say) {
  await runCommand(['nightly', 'add', '--first-night'], {
    url,
    env,
    say,
    warning: (reason) =>
      `the first nightly was not set up (${reason}). Set one up by hand: npx --no lastref nightly add nbd --name nbd`,
  });
}
