import { appendFileSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder, makeDataFolder } from '../../tools/data/folder.mjs';
import { spawnServer } from '../../tools/processes/spawn.mjs';
import { boundLogs, keptLog, LOG_BYTES_MAX } from '../../tools/start/logs.mjs';
import { startKeeper } from '../support/keeper.mjs';
import { makeTempFolder } from '../support/temp-folder.mjs';

const keeper = startKeeper();
const folder = dataFolder({ LASTREF_DATA: makeTempFolder('logs') });
keeper.folder(folder.path);
makeDataFolder(folder, undefined);
afterAll(() => keeper.close());

describe('the logs of the services', () => {
  it('are moved aside while their service writes on', () => {
    const path = keptLog(folder, 'worker');
    const held = openSync(path, 'a');
    writeSync(held, 'long\n'.repeat(1_000));
    boundLogs(folder, 1_000);
    writeSync(held, 'after\n');
    expect(readFileSync(path, 'utf8')).toBe('after\n');
    expect(statSync(`${path}.1`).size).toBe(5_000);
    boundLogs(folder, 1_000);
    expect(statSync(`${path}.1`).size).toBe(5_000);
  });

  it('are moved aside by a start', () => {
    const path = join(folder.logs, 'redis.log');
    appendFileSync(path, Buffer.alloc(LOG_BYTES_MAX + 1));
    expect(statSync(keptLog(folder, 'redis'), { throwIfNoEntry: false })).toBeUndefined();
    expect(statSync(`${path}.1`).size).toBe(LOG_BYTES_MAX + 1);
  });

  it('still tell the last words of a service whose log was emptied', async () => {
    const log = join(folder.logs, 'late.log');
    appendFileSync(log, 'x'.repeat(5_000));
    const script = `process.stdin.on('end', () => console.log('last words')).resume()`;
    const run = await spawnServer(process.execPath, ['-e', script], { log, stdin: '' });
    keeper.server(run.identity, 'SIGTERM');
    await run.exited;
    boundLogs(folder, 1_000);
    appendFileSync(log, 'last words\n');
    expect(run.said()).toBe('last words');
  });
});
