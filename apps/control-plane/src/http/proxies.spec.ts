/** What a reverse proxy says of whom it speaks for: believed only from proxies that the configuration names. */
import type { AuditEntry } from '@lastref/contracts';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';

const SAID = {
  'x-forwarded-for': '203.0.113.9',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'lastref.example',
};
const ORIGIN = { origin: 'https://lastref.example' };

const addressOfLast = async (api: TestApi): Promise<string | undefined> => {
  const response = await api.http.get('/api/v1/audit?limit=1');
  return (response.body as { items: AuditEntry[] }).items[0]?.address;
};

describe('behind a reverse proxy', () => {
  it.each([
    ['not believed unless told', {}, 403, 'host-not-allowed'],
    ['a stranger is not believed', { LASTREF_TRUSTED_PROXIES: '198.51.100.0/24' }, 403, 'host'],
  ])('%s', async (_title, environment, status, slug) => {
    const api = await startTestApi(environment);
    try {
      const direct = await api.http
        .post('/api/v1/campaigns')
        .set({ ...SAID, ...ORIGIN, host: 'lastref.example' })
        .send({});
      expect(direct.status).toBe(status);
      expect((direct.body as { slug: string }).slug).toContain(slug);
      const local = await api.http
        .post('/api/v1/campaigns')
        .set({ ...SAID, ...ORIGIN })
        .send({});
      expect([local.status, local.body]).toMatchObject([403, { slug: 'origin-not-allowed' }]);
      await api.http.post('/api/v1/campaigns').set(SAID).send({}).expect(422);
      expect(await addressOfLast(api)).toMatch(/127\.0\.0\.1$/);
    } finally {
      await api.close();
    }
  });

  it('a trusted one is believed: who asks, by which protocol and under which name', async () => {
    const api = await startTestApi({
      LASTREF_TRUSTED_PROXIES: 'loopback',
      LASTREF_ALLOWED_HOSTS: 'lastref.example',
    });
    try {
      await api.http
        .post('/api/v1/campaigns')
        .set({ ...SAID, ...ORIGIN })
        .send({})
        .expect(422);
      expect(await addressOfLast(api)).toBe('203.0.113.9');
      const evil = { ...SAID, ...ORIGIN, 'x-forwarded-host': 'evil.example' };
      await api.http.post('/api/v1/campaigns').set(evil).send({}).expect(403);
    } finally {
      await api.close();
    }
  });

  it('the public address is a name and an origin of its own', async () => {
    const api = await startTestApi({ LASTREF_PUBLIC_URL: 'https://lastref.example' });
    try {
      const headers = { host: 'lastref.example', origin: 'https://lastref.example' };
      await api.http.post('/api/v1/campaigns').set(headers).send({}).expect(422);
      const plain = { ...headers, origin: 'http://other.example' };
      await api.http.post('/api/v1/campaigns').set(plain).send({}).expect(403);
    } finally {
      await api.close();
    }
  });
});
