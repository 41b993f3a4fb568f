// `npm test`: Jest's three projects one after the other, so that two cores are enough, and one last line with the
// sum: "N passed, N failed". `npm test -- engine services` chooses projects; every other argument goes to Jest, for
// instance `npm test -- services libs/queue`. A project that hangs is stopped and counts as one failure.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProject } from './test/run-project.mjs';

const MINUTE_MS = 60_000;
/** A test or hook that says no limit of its own: long enough for a machine that others use too. */
const PATIENT = '--testTimeout=60000';

/**
 * The limits sum up to no more than the 28 minutes a whole run may take. The services run in a zone west of UTC: a time
 * that is read or written in the zone of the host then shows.
 */
const projects = [
  { name: 'engine', limitMs: 11 * MINUTE_MS, flags: [PATIENT, '--maxWorkers=2'], env: {} },
  { name: 'services', limitMs: 8 * MINUTE_MS, flags: [PATIENT], env: { TZ: 'America/New_York' } },
  { name: 'slow', limitMs: 9 * MINUTE_MS, flags: ['--runInBand', PATIENT], env: {} },
];

const args = process.argv.slice(2);
const named = projects.filter(({ name }) => args.includes(name));
const rest = args.filter((arg) => !projects.some(({ name }) => name === arg));
const reports = mkdtempSync(join(tmpdir(), 'lastref-reports-'));
const sum = { passed: 0, failed: 0, skipped: 0 };
try {
  for (const project of named.length > 0 ? named : projects) {
    const counts = await runProject(project, rest, join(reports, `${project.name}.json`));
    sum.passed += counts.passed;
    sum.failed += counts.failed;
    sum.skipped += counts.skipped;
  }
} finally {
  rmSync(reports, { recursive: true, force: true });
}
if (sum.skipped > 0) console.log(`${sum.skipped} skipped`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;
