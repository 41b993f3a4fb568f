// `npm start`: everything on this machine, from nothing. One start per data folder; a second one prints the first
// one's URL and ends well. Stays in the foreground; Ctrl-C stops all it started, in order. docs/operations.md tells
// the rest.
import { rmSync, writeFileSync } from 'node:fs';
import { dataFolder, makeDataFolder } from './data/folder.mjs';
import { takeLock } from './processes/lock.mjs';
import { ProcessRegistry } from './processes/registry.mjs';
import { serverAccount } from './servers/account.mjs';
import { apiAddress, requireFreePort } from './start/address.mjs';
import { tellRunning } from './start/already-running.mjs';
import { setUpFirstNight, startFirstCampaign } from './start/first-campaign.mjs';
import { startUp } from './start/start-up.mjs';
import { keepLogsBounded } from './start/logs.mjs';
import { onStopSignals } from './start/stop-signals.mjs';
import { STOP_ORDER } from './start/stop-order.mjs';
import { Supervisor } from './start/supervisor.mjs';
import { messageOf } from './errors.mjs';

const EXIT_ENVIRONMENT = 3;
const EXIT_INTERRUPTED = 130;
const A_LONG_TIME_MS = 2 ** 30;

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);
process.stdout.on('error', () => {});

/**
 * @param {import('./data/folder.mjs').DataFolder} folder
 * @param {import('./servers/account.mjs').Account | undefined} account
 */
async function serve(folder, account) {
  const address = apiAddress();
  const registry = new ProcessRegistry(folder.processes, STOP_ORDER);
  await registry.stopAll();
  await requireFreePort(address);
  writeFileSync(folder.running, JSON.stringify({ url: address.url }));

  /** @type {Promise<void> | undefined} */
  let stopped;
  const supervisor = new Supervisor(registry, say);
  keepLogsBounded(folder, say);
  /** @param {number} code @returns {Promise<void>} */
  const stop = (code) =>
    (stopped ??= supervisor.stopAll().then(() => {
      rmSync(folder.running, { force: true });
      process.exit(code);
    }));
  onStopSignals({
    first: () => {
      say('Stopping (Ctrl-C again: at once)');
      void stop(0);
    },
    second: () => {
      supervisor.killAll();
      process.exit(EXIT_INTERRUPTED);
    },
  });

  try {
    const env = await startUp({ folder, account, supervisor, address, say });
    await startFirstCampaign(address.url, env, say);
    if (!supervisor.stopping) say(`Lastref is running: ${address.url}`);
    // Nothing waits for it: it stores every program there is, which takes a while.
    const sayUnlessStopping = (/** @type {string} */ line) => supervisor.stopping || say(line);
    void setUpFirstNight(address.url, env, sayUnlessStopping);
  } catch (error) {
    if (!supervisor.stopping) console.error(messageOf(error));
    await stop(EXIT_ENVIRONMENT);
  }
}

try {
  const folder = dataFolder();
  const account = serverAccount();
  makeDataFolder(folder, account);
  const lock = takeLock(folder.lock);
  if (lock.taken) {
    process.on('exit', lock.release);
    setInterval(() => {}, A_LONG_TIME_MS); // the servers are detached and would not keep this process alive
    await serve(folder, account);
  } else {
    tellRunning(folder, lock.holder, say);
  }
} catch (error) {
  console.error(messageOf(error));
  process.exit(EXIT_ENVIRONMENT);
}
