// A service of its own for a measurement: durable PostgreSQL and Redis, control plane, one worker with one thread, all in a
// temporary folder, started as `npm start` starts them, but that replays are not limited. Says where they are as one line of JSON on stdout, everything else on
// stderr, and goes on until its input ends, so that it never outlives who asked for it.
import { rmSync } from 'node:fs';
import { makeTempFolder } from '../test/support/temp-folder.mjs';
import { dataFolder, makeDataFolder } from './data/folder.mjs';
import { ProcessRegistry } from './processes/registry.mjs';
import { serverAccount } from './servers/account.mjs';
import { freePort, LOOPBACK } from './servers/ports.mjs';
import { startUp } from './start/start-up.mjs';
import { onStopSignals } from './start/stop-signals.mjs';
import { STOP_ORDER } from './start/stop-order.mjs';
import { Supervisor } from './start/supervisor.mjs';

const EXIT_ENVIRONMENT = 3;
const EXIT_INTERRUPTED = 130;

delete process.env['DATABASE_URL'];
delete process.env['REDIS_URL'];
Object.assign(process.env, {
  LASTREF_THREADS: '1',
  LASTREF_LOG_LEVEL: 'warn',
  LASTREF_REPLAYS_PER_MINUTE: '0',
});

const folder = dataFolder({ LASTREF_DATA: makeTempFolder('bench') });
const account = serverAccount();
makeDataFolder(folder, account);
/** @param {string} line */
const say = (line) => process.stderr.write(`${line}\n`);
const registry = new ProcessRegistry(folder.processes, STOP_ORDER);
const supervisor = new Supervisor(registry, say);

/** @type {Promise<void> | undefined} */
let stopped;

/** @param {number} code */
function stop(code) {
  stopped ??= supervisor.stopAll().then(() => {
    rmSync(folder.path, { recursive: true, force: true });
    process.exit(code);
  });
  return stopped;
}

onStopSignals({
  first: () => void stop(EXIT_INTERRUPTED),
  second: () => {
    supervisor.killAll();
  },
});
process.stdin.on('end', () => void stop(0)).resume();

try {
  const port = await freePort();
  const address = { host: LOOPBACK, port, url: `http://${LOOPBACK}:${port}` };
  const { DATABASE_URL, REDIS_URL } = await startUp({ folder, account, supervisor, address, say });
  const places = { url: address.url, databaseUrl: DATABASE_URL, redisUrl: REDIS_URL };
  process.stdout.write(`${JSON.stringify(places)}\n`);
} catch (error) {
  if (!supervisor.stopping) say(error instanceof Error ? error.message : String(error));
  await stop(EXIT_ENVIRONMENT);
}
