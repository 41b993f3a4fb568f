// `npm run chaos -- --kills N --minutes M`: an installation of its own, campaigns over all systems in it, and so many processes
// killed while they run. Prints every fault and what came of it. Exit code 1 where a digest differs from the one of `hunt`, a
// shard was lost, counted twice or quarantined, or a lost attempt is in no row; 2 for wrong arguments.
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startKeeper } from '../test/support/keeper.mjs';
import { makeTempFolder } from '../test/support/temp-folder.mjs';
import { SHIPPED } from './chaos/limits.mjs';
import { plannedFaults } from './chaos/plan.mjs';
import { isSound, lines } from './chaos/report.mjs';
import { runChaos } from './chaos/run.mjs';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const MOST_KILLS = 10_000;
const MOST_MINUTES = 24 * 60;

/** @param {string | undefined} text @param {number} fallback @param {number} most */
function count(text, fallback, most) {
  const value = text === undefined ? fallback : Number(text);
  return Number.isInteger(value) && value >= 1 && value <= most ? value : undefined;
}

const usage = `npm run chaos -- --kills <1 to ${MOST_KILLS}> --minutes <1 to ${MOST_MINUTES}>`;
const given = (() => {
  try {
    const { values } = parseArgs({
      options: { kills: { type: 'string' }, minutes: { type: 'string' } },
    });
    return values;
  } catch {
    return undefined;
  }
})();
const kills = given && count(given.kills, 20, MOST_KILLS);
const minutes = given && count(given.minutes, 2, MOST_MINUTES);
if (kills === undefined || minutes === undefined) {
  console.error(usage);
  process.exit(EXIT_USAGE);
}

const keeper = startKeeper();
const folder = makeTempFolder('chaos');
keeper.folder(folder);
/** @param {string} line */
const say = (line) => {
  console.log(`${new Date().toISOString().slice(11, 23)} ${line}`);
};
const plan = { faults: plannedFaults(kills), forMs: minutes * 60_000 };
const interrupted = new AbortController();
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.once(signal, () => {
    interrupted.abort();
  });
try {
  const report = await runChaos({
    ...SHIPPED,
    ...plan,
    folder,
    keeper,
    say,
    signal: interrupted.signal,
  });
  for (const line of lines(report)) console.log(line);
  process.exitCode = isSound(report) ? 0 : EXIT_FAILED;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = EXIT_FAILED;
} finally {
  await keeper.close();
  rmSync(folder, { recursive: true, force: true });
}
