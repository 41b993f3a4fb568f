// One Jest project in a process of its own, with a time limit: a test that fails before it closes what it opened
// keeps Jest alive for ever. Its servers are stopped by the reaper of test/support in any case.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { inRoot, root } from '../ready/places.mjs';
import { readJson } from '../json.mjs';

const STOP_GRACE_MS = 10_000;

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @param {{ name: string, limitMs: number, flags: string[], env: Record<string, string> }} project
 * @param {string[]} rest
 * @param {string} report
 * @returns {Promise<Counts>}
 */
export async function runProject({ name, limitMs, flags, env }, rest, report) {
  const args = ['--selectProjects', name, '--json', `--outputFile=${report}`, ...flags];
  if (rest.length > 0) args.push('--passWithNoTests', ...rest);
  const code = await runJest(args, env, limitMs);
  const counts = existsSync(report) ? readReport(report) : { passed: 0, failed: 0, skipped: 0 };
  if (code === 0 || counts.failed > 0) return counts;
  console.error(`The project ${name} did not end well (${code})`);
  return { ...counts, failed: 1 };
}

/**
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @param {number} limitMs
 * @returns {Promise<number | string>} 0 when all is well
 */
function runJest(args, env, limitMs) {
  return new Promise((resolve) => {
    // Jest prints its summary on stderr; stdout is only the JSON that the report file also gets.
    const child = spawn(process.execPath, [inRoot('node_modules', '.bin', 'jest'), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', forward).on('SIGTERM', forward);
    const limit = setTimeout(() => {
      console.error(`Stopping after ${limitMs / 1000} s`);
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS).unref();
    }, limitMs);
    child.once('exit', (code, signal) => {
      clearTimeout(limit);
      process.off('SIGINT', forward).off('SIGTERM', forward);
      resolve(signal ?? code ?? 1);
    });
  });
}

/**
 * @typedef {{
 *   numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites: number,
 *   numPendingTests: number, numTodoTests: number,
 * }} JestReport
 */

/** A file that fails before its first test counts as one failure. @param {string} path @returns {Counts} */
function readReport(path) {
  const report = /** @type {JestReport} */ (readJson(path));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
