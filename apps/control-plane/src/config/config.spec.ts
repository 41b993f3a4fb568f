import { readConfig } from './config.js';

const servers = {
  DATABASE_URL: 'postgresql://lastref:secret@127.0.0.1:5432/lastref',
  REDIS_URL: 'redis://:hidden@127.0.0.1:6379',
};

function messageOf(environment: Record<string, string>): string {
  const result = readConfig(environment);
  return result.ok ? '' : result.message;
}

describe('configuration', () => {
  it('needs only the two servers', () => {
    expect(readConfig(servers)).toMatchObject({
      ok: true,
      config: { host: '127.0.0.1', port: 4747, leaseMs: 15_000, sweepMs: 2_000, feedMs: 250 },
    });
  });

  it('refuses to listen beyond this machine and says why', () => {
    const message = messageOf({ ...servers, LASTREF_HOST: '0.0.0.0' });
    expect(message).toContain('LASTREF_HOST must be 127.0.0.1');
    expect(message).toContain('no access tokens yet');
  });

  it.each([
    ['LASTREF_PORT', '70000'],
    ['LASTREF_PORT', 'http'],
    ['LASTREF_LOG_LEVEL', 'loud'],
    ['LASTREF_FEED_MS', '0'],
    ['LASTREF_QUEUE_PREFIX', 'a b'],
  ])('names the variable and the value: %s=%s', (name, value) => {
    const message = messageOf({ ...servers, [name]: value });
    expect(message).toContain(name);
    expect(message).toContain(`"${value}"`);
    expect(message).not.toContain('\n');
  });

  it('names missing servers, and never prints their passwords', () => {
    expect(messageOf({})).toContain('DATABASE_URL must be set');
    const message = messageOf({ DATABASE_URL: 'mysql://u:secret@h/d', REDIS_URL: 'http://hidden' });
    expect(message).toContain('DATABASE_URL must be postgresql://');
    expect(message).not.toMatch(/secret|hidden/);
  });
});
