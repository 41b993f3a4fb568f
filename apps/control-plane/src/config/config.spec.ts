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

  it('answers under the names it is given, and trusts no proxy unless told', () => {
    expect(readConfig(servers)).toMatchObject({ config: { trustedProxies: [] } });
    const given = {
      LASTREF_HOST: '10.1.2.3',
      LASTREF_PUBLIC_URL: 'https://Lastref.example/',
      LASTREF_ALLOWED_HOSTS: 'one.example, Two.example',
      LASTREF_TRUSTED_PROXIES: 'loopback,10.0.0.0/8',
    };
    expect(readConfig({ ...servers, ...given })).toMatchObject({
      config: {
        publicUrl: 'https://lastref.example',
        allowedHosts: ['10.1.2.3', 'lastref.example', 'one.example', 'two.example'],
        trustedProxies: ['loopback', '10.0.0.0/8'],
      },
    });
  });

  it.each([
    ['LASTREF_PORT', '70000'],
    ['LASTREF_PORT', 'http'],
    ['LASTREF_LOG_LEVEL', 'loud'],
    ['LASTREF_FEED_MS', '0'],
    ['LASTREF_HOST', 'a b'],
    ['LASTREF_PUBLIC_URL', 'https://x/path'],
    ['LASTREF_ALLOWED_HOSTS', 'x:80'],
    ['LASTREF_TRUSTED_PROXIES', 'everyone'],
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
