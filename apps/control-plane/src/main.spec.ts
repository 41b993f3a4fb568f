import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const MAIN = join(__dirname, '../dist/main.js');

function start(environment: Record<string, string>): { status: number | null; stderr: string } {
  const env = { PATH: process.env['PATH'] ?? '', ...environment };
  return spawnSync(process.execPath, [MAIN], { env, encoding: 'utf8', timeout: 30_000 });
}

const servers = {
  DATABASE_URL: 'postgresql://lastref:secret@127.0.0.1:1/lastref',
  REDIS_URL: 'redis://127.0.0.1:1',
};

describe('the process', () => {
  it.each([
    ['without servers', {}, 'DATABASE_URL must be set'],
    ['at an address that is none', { ...servers, LASTREF_HOST: 'a b' }, 'LASTREF_HOST must be an'],
    ['with a port that is none', { ...servers, LASTREF_PORT: 'web' }, 'LASTREF_PORT'],
    ['without its database', servers, 'cannot start'],
  ])('does not start %s, and says so in one line', (_, environment, message) => {
    const { status, stderr } = start(environment);
    expect(status).toBe(1);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('secret');
  });
});
