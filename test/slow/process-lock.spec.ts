import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify } from '../../tools/processes/identity.mjs';
import { takeLock } from '../../tools/processes/lock.mjs';
import { startKeeper } from '../support/keeper.mjs';
import { makeTempFolder } from '../support/temp-folder.mjs';

describe('the lock of a data folder', () => {
  const keeper = startKeeper();
  const folder = makeTempFolder('lock');
  keeper.folder(folder);
  afterAll(async () => {
    await keeper.close();
  });

  it('is refused while its holder lives, and names the holder', () => {
    const path = join(folder, 'held');
    const first = takeLock(path);
    expect(first.taken).toBe(true);
    expect(takeLock(path)).toEqual({ taken: false, holder: identify(process.pid) });
  });

  it('is free again once released', () => {
    const path = join(folder, 'released');
    const first = takeLock(path);
    if (first.taken) first.release();
    expect(takeLock(path).taken).toBe(true);
  });

  it('passes over a holder whose number now belongs to another process', () => {
    const path = join(folder, 'reused');
    writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: 'before' }));
    expect(takeLock(path).taken).toBe(true);
  });

  it('passes over a file that was cut off', () => {
    const path = join(folder, 'cut');
    writeFileSync(path, '{"pid":');
    expect(takeLock(path).taken).toBe(true);
  });
});
