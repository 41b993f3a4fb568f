import { MAX_BODY_BYTES, problemSchema } from '@lastref/contracts';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { textLike } from '../../../../test/support/matchers.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(async () => {
  await api.close();
});

const campaigns = '/api/v1/campaigns';

describe('who is answered', () => {
  it.each(['127.0.0.1:4747', 'localhost', '[::1]:80', 'LOCALHOST:1'])('host %s', async (host) => {
    await api.http.get('/api/v1/health/live').set('host', host).expect(200, { status: 'live' });
  });

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.example:80', '10.0.0.1', ''])(
    'not host "%s", whatever the path',
    async (host) => {
      for (const path of ['/api/v1/health/live', '/docs', '/docs-json', '/', '/nowhere']) {
        const response = await api.http.get(path).set('host', host);
        expect([response.status, response.body]).toMatchObject([403, { slug: 'host-not-allowed' }]);
      }
    },
  );

  it.each(['http://evil.example', 'null', 'https://127.0.0.1:4747', 'http://127.0.0.1:1'])(
    'no page of the origin %s may change anything',
    async (origin) => {
      const response = await api.http
        .post(campaigns)
        .set('host', '127.0.0.1:4747')
        .set('origin', origin)
        .send({});
      expect([response.status, response.body]).toMatchObject([403, { slug: 'origin-not-allowed' }]);
    },
  );

  it('a page of this server may', async () => {
    const response = await api.http
      .post(campaigns)
      .set('host', 'localhost:4747')
      .set('origin', 'http://localhost:4747')
      .send({});
    expect(response.status).toBe(422);
  });

  it('no preflight is ever granted', async () => {
    const response = await api.http
      .options(campaigns)
      .set('origin', 'http://evil.example')
      .set('access-control-request-method', 'POST');
    expect(Object.keys(response.headers).filter((name) => /^access-control/.test(name))).toEqual(
      [],
    );
  });
});

describe('what may be sent', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    'not the content type "%s"',
    async (type) => {
      const response = await api.http.post(campaigns).set('content-type', type).send('{}');
      expect([response.status, response.body]).toMatchObject([
        415,
        { slug: 'unsupported-media-type' },
      ]);
    },
  );

  it('not a compressed body', async () => {
    const response = await api.http
      .post(campaigns)
      .set('content-type', 'application/json')
      .set('content-encoding', 'gzip')
      .send('{}');
    expect(response.status).toBe(415);
  });

  it('not a body over the limit, announced or not', async () => {
    const body = `"${'a'.repeat(MAX_BODY_BYTES)}"`;
    const announced = await api.http
      .post(campaigns)
      .set('content-type', 'application/json')
      .send(body);
    expect([announced.status, announced.body]).toMatchObject([413, { slug: 'body-too-large' }]);
    const url = await api.app.getUrl();
    const streamed = await fetch(`${url}${campaigns}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Blob([body]).stream(),
      duplex: 'half',
    });
    expect([streamed.status, await streamed.json()]).toMatchObject([413, { status: 413 }]);
  });

  it.each([
    ['{"programs":[],"programs":[]}', '/programs'],
    ['{"a":{"__proto__":{"admin":true}}}', '/a/__proto__'],
    ['{"schedules":1.5}', '/schedules'],
    ['{"schedules":9007199254740993}', '/schedules'],
    [`${'['.repeat(40)}${']'.repeat(40)}`, '/0'.repeat(32)],
    ['{"programs":', '/programs'],
  ])('not %s', async (body, pointer) => {
    const response = await api.http
      .post(campaigns)
      .set('content-type', 'application/json')
      .send(body);
    expect([response.status, response.body]).toMatchObject([400, { slug: 'invalid-json' }]);
    expect(problemSchema.parse(response.body).errors?.[0]?.pointer).toBe(pointer);
  });

  it('not text that is not UTF-8', async () => {
    const url = await api.app.getUrl();
    const response = await fetch(`${url}${campaigns}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array([0x22, 0xff, 0x22]),
    });
    expect([response.status, await response.json()]).toMatchObject([400, { slug: 'invalid-json' }]);
  });
});

describe('what is answered', () => {
  it('carries a strict policy for scripts, styles and frames', async () => {
    const { headers } = await api.http.get('/api/v1/health/live');
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src|unsafe/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('lets the description run only scripts of this server', async () => {
    const { headers, status } = await api.http.get('/docs');
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
  });

  it('says what is nowhere, and what only knows other methods', async () => {
    const nowhere = await api.http.get('/api/v1/nothing');
    expect(nowhere.headers['content-type']).toContain('application/problem+json');
    expect(nowhere.body).toMatchObject({
      type: 'urn:lastref:problem:not-found',
      slug: 'not-found',
      status: 404,
      instance: textLike(/^[0-9a-f-]{36}$/),
    });
    const method = await api.http.delete(campaigns).set('content-type', 'application/json');
    expect([method.status, method.body]).toMatchObject([405, { slug: 'method-not-allowed' }]);
    expect(method.headers['allow']).toBe('GET, POST');
  });

  it('refuses a malformed path without a stack', async () => {
    const response = await api.http.get('/api/v1/campaigns/%E0%A4%A');
    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ slug: 'invalid-request' });
    expect(JSON.stringify(response.body)).not.toMatch(/\bat .*\.js/);
  });
});
