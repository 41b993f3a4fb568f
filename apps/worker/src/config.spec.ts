import { readConfig } from './config.js';

const SERVERS = { DATABASE_URL: 'postgresql://u:p@h:1/d', REDIS_URL: 'redis://:p@h:2' };

describe('the configuration of a worker', () => {
  it('needs its two servers and has defaults for the rest', () => {
    const result = readConfig(SERVERS);
    expect(result).toMatchObject({
      ok: true,
      config: { redis: { prefix: 'lastref' }, leaseMs: 15_000, logLevel: 'info' },
    });
    expect(result.ok && result.config.threads).toBeGreaterThanOrEqual(1);
  });

  it.each([
    [{ DATABASE_URL: undefined }, 'DATABASE_URL must be set'],
    [{ REDIS_URL: 'http://x' }, 'REDIS_URL must be redis://'],
    [{ LASTREF_THREADS: '0' }, 'LASTREF_THREADS must be from 1 to 512'],
    [{ LASTREF_LEASE_MS: 'soon' }, 'LASTREF_LEASE_MS must be an integer'],
    [{ LASTREF_FAILPOINT: 'commit-unsent' }, 'LASTREF_FAILPOINT ends the process on purpose'],
    [{ LASTREF_FAILPOINT: 'nowhere', NODE_ENV: 'test' }, 'LASTREF_FAILPOINT'],
  ])('refuses %j with one line', (change, message) => {
    const result = readConfig({ ...SERVERS, ...change });
    expect(result.ok ? '' : result.message).toContain(message);
    expect(result.ok ? '' : result.message).not.toContain('u:p@');
  });
});
