import {
  type ApiToken,
  newTokenSchema,
  problemSchema,
  tokenPageSchema,
  type TokenScope,
} from '@lastref/contracts';
import { newToken, storedForm } from '@lastref/storage';
import type { NestExpressApplication } from '@nestjs/platform-express';
import supertest from 'supertest';
import { startApp, startTestApi, type TestApi } from '../../../../test/support/api.js';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { sampleCampaign, sampleProgram } from '../../../../test/support/sample-shards.js';
import { bearer, sampleToken } from '../../../../test/support/tokens.js';

const QUICK = { LASTREF_SWEEP_MS: '50' };

describe('a service without a token', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startTestApi(QUICK);
  });

  afterAll(async () => {
    await api.close();
  });

  const make = (scope: TokenScope, name: string): ReturnType<typeof api.http.post> =>
    api.http.post('/api/v1/tokens').send({ name, scope });

  it('is open on loopback until the first one is made, which must be an administrator’s', async () => {
    await api.http.get('/api/v1/campaigns').expect(200);
    const refused = await make('write', 'early');
    expect([refused.status, refused.body]).toMatchObject([409, { slug: 'admin-token-needed' }]);
    const response = await make('admin', 'first').expect(201).expect('cache-control', 'no-store');
    const first = newTokenSchema.parse(response.body);
    expect(first).toMatchObject({ name: 'first', scope: 'admin', createdBy: 'anyone' });
    expect(first.token.slice(0, 12)).toBe(first.prefix);

    const closed = await api.http.get('/api/v1/campaigns');
    expect([closed.status, closed.body]).toMatchObject([401, { slug: 'token-required' }]);
    expect(closed.headers['www-authenticate']).toBe('Bearer realm="lastref"');
    await api.http.get('/api/v1/campaigns').set(bearer(first.token)).expect(200);
    await api.http.get('/api/v1/health/live').expect(200);

    const list = await api.http.get('/api/v1/tokens').set(bearer(first.token)).expect(200);
    expect(JSON.stringify(list.body)).not.toContain(first.token);
    expect(JSON.stringify(await api.database.query('SELECT * FROM api_token'))).not.toContain(
      first.token,
    );
  });

  it('stays closed when all have been revoked', async () => {
    await api.database.query('UPDATE api_token SET revoked_at = now()');
    await api.http.get('/api/v1/campaigns').expect(401);
  });
});

describe('tokens', () => {
  let api: TestApi;
  let other: NestExpressApplication;
  let admin: string;

  beforeAll(async () => {
    api = await startTestApi(QUICK);
    const { CONFIG } = await import('../config/config.module.js');
    const { databaseUrl } = api.app.get<{ databaseUrl: string }>(CONFIG);
    other = await startApp(databaseUrl, QUICK);
    admin = (await sampleToken(api.database, 'admin')).token;
  });

  afterAll(async () => {
    await other.close();
    await api.close();
  });

  const asAdmin = (path: string, body = {}): ReturnType<typeof api.http.post> =>
    api.http.post(path).set(bearer(admin)).send(body);

  const listed = async (): Promise<ApiToken[]> =>
    tokenPageSchema.parse((await api.http.get('/api/v1/tokens').set(bearer(admin))).body).items;

  it('are worth nothing at once when they are revoked, on every control plane', async () => {
    const { id, token } = await sampleToken(api.database, 'read', 'revoked');
    const read = (): Promise<supertest.Response>[] =>
      [api.http, supertest(other.getHttpServer())].map((http) =>
        http.get('/api/v1/bugs').set(bearer(token)).then(),
      );
    expect((await Promise.all(read())).map(({ status }) => status)).toEqual([200, 200]);
    await asAdmin(`/api/v1/tokens/${id}/revoke`).expect(200);
    const refused = await Promise.all(read());
    expect(refused.map(({ status }) => status)).toEqual([401, 401]);
    expect(refused[0]?.body).toMatchObject({ slug: 'token-invalid' });
    expect(refused[0]?.headers['www-authenticate']).toContain('error="invalid_token"');
  });

  it('end the streams that were opened with them', async () => {
    const { id, token } = await sampleToken(api.database, 'read', 'watching');
    const program = await sampleProgram(api.database);
    const campaign = await sampleCampaign(api.database, [program]);
    const url = `${await api.app.getUrl()}/api/v1/campaigns/${campaign}/events`;
    const stream = await fetch(url, { headers: bearer(token) });
    const reader = stream.body?.getReader();
    if (reader === undefined) throw new Error('no stream');
    expect((await reader.read()).done).toBe(false);
    await asAdmin(`/api/v1/tokens/${id}/revoke`).expect(200);
    const toTheEnd = async (): Promise<void> => {
      while (!(await reader.read()).done);
    };
    await expect(toTheEnd()).rejects.toThrow('terminated');
  });

  it('expire', async () => {
    const response = await asAdmin('/api/v1/tokens', { name: 'brief', scope: 'read', days: 1 });
    const { id, token, expiresAt, createdAt } = newTokenSchema.parse(response.body);
    expect(Date.parse(expiresAt ?? '') - Date.parse(createdAt)).toBe(24 * 3_600_000);
    await api.http.get('/api/v1/bugs').set(bearer(token)).expect(200);
    await api.database.query(
      "UPDATE api_token SET expires_at = now() - interval '1 second' WHERE id = $1",
      [id],
    );
    await api.http.get('/api/v1/bugs').set(bearer(token)).expect(401);
    await asAdmin('/api/v1/tokens', { name: 'brief', scope: 'read' }).expect(201);
  });

  it('are compared whole: one with the same beginning is another', async () => {
    const { token } = await sampleToken(api.database, 'read', 'twin');
    const twin = token.slice(0, 12) + newToken().slice(12);
    await api.http.get('/api/v1/bugs').set(bearer(token)).expect(200);
    await api.http.get('/api/v1/bugs').set(bearer(twin)).expect(401);
    const { prefix } = storedForm(token);
    await api.database.query(
      `INSERT INTO api_token (name, prefix, digest, scope, created_by) VALUES ('a', $1, $2, 'read', '')`,
      [prefix, storedForm(twin).digest],
    );
    await api.http.get('/api/v1/bugs').set(bearer(twin)).expect(200);
    await api.http.get('/api/v1/bugs').set(bearer(token)).expect(200);
  });

  it('also come as the password that a browser asks for', async () => {
    const basic = (password: string): string =>
      `Basic ${Buffer.from(`me:${password}`).toString('base64')}`;
    await api.http.get('/').set('authorization', basic(admin)).expect(200);
    const refused = await api.http.get('/').set('authorization', basic('password'));
    expect(refused.status).toBe(401);
    expect(refused.headers['www-authenticate']).toContain('Basic realm="lastref"');
  });

  it.each(['Bearer', 'Bearer x', 'Bearer  ', 'Digest y', 'Basic', 'Basic ====', 'lrt_x', ''])(
    'do not come as "%s"',
    async (authorization) => {
      const response = await api.http.get('/api/v1/bugs').set('authorization', authorization);
      expect(response.status).toBe(401);
    },
  );

  it('of administrators are never all revoked', async () => {
    const ids = (await listed()).filter(({ scope }) => scope === 'admin').map(({ id }) => id);
    expect(ids).toHaveLength(1);
    const refused = await asAdmin(`/api/v1/tokens/${ids[0] ?? 0}/revoke`);
    expect([refused.status, refused.body]).toMatchObject([409, { slug: 'admin-token-needed' }]);
    await asAdmin('/api/v1/tokens/999999/revoke').expect(404);
  });

  it('have names of their own, and their use is noted', async () => {
    const taken = await asAdmin('/api/v1/tokens', { name: 'admin', scope: 'read' });
    expect([taken.status, taken.body]).toMatchObject([409, { slug: 'name-taken' }]);
    expect((await listed()).find(({ name }) => name === 'admin')?.lastUsedAt).not.toBeNull();
  });

  it('without the scope are told which is needed', async () => {
    const { token } = await sampleToken(api.database, 'read', 'reader');
    const response = await api.http.post('/api/v1/campaigns').set(bearer(token)).send({});
    expect(problemSchema.parse(response.body)).toMatchObject({
      slug: 'scope-insufficient',
      detail: 'POST /api/v1/campaigns needs a token with scope write',
    });
    expect(response.headers['www-authenticate']).toContain('scope="write"');
  });
});

describe('an address that others reach', () => {
  let server: TestDatabase;

  beforeAll(async () => {
    server = await createTestDatabase();
  });

  afterAll(async () => {
    await server.drop();
  });

  it('is refused until there is a token, and then lets nobody in without one', async () => {
    const beyond = { LASTREF_HOST: '0.0.0.0' };
    await expect(startApp(server.url, beyond)).rejects.toThrow(
      'LASTREF_HOST is 0.0.0.0, which others reach, and there is no access token.',
    );
    const { Database } = await import('@lastref/storage');
    const database = await Database.open({ url: server.url });
    const { token } = await sampleToken(database, 'admin');
    const app = await startApp(server.url, beyond);
    try {
      const http = supertest(app.getHttpServer());
      await http.get('/api/v1/bugs').expect(401);
      await http.get('/api/v1/bugs').set(bearer(token)).expect(200);
    } finally {
      await app.close();
      await database.close();
    }
  });
});
