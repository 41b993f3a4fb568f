import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const MAIN = join(__dirname, '..', 'dist', 'main.js');
const NOWHERE = {
  DATABASE_URL: 'postgresql://lastref:secret@127.0.0.1:1/lastref',
  REDIS_URL: 'redis://127.0.0.1:1',
};

describe('the worker’s process', () => {
  it.each([
    ['without its servers', {}, 'DATABASE_URL must be set'],
    ['without a thread', { ...NOWHERE, LASTREF_THREADS: '0' }, 'LASTREF_THREADS must be from 1'],
    ['when its database is away', NOWHERE, 'ECONNREFUSED'],
  ])('does not start %s, and says so in one line', (_, environment, message) => {
    const env = { PATH: process.env['PATH'] ?? '', ...environment };
    const { status, stderr } = spawnSync(process.execPath, [MAIN], { env, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('secret');
  });
});
