import { type AuditEntry, auditPageSchema } from '@lastref/contracts';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { eventually } from '../../../../test/support/eventually.js';
import { textLike } from '../../../../test/support/matchers.js';
import { sampleProgram } from '../../../../test/support/sample-shards.js';
import { bearer, sampleToken } from '../../../../test/support/tokens.js';

let api: TestApi;
let admin: string;
let writer: string;

beforeAll(async () => {
  api = await startTestApi();
  admin = (await sampleToken(api.database, 'admin', 'root')).token;
  writer = (await sampleToken(api.database, 'write', 'ci')).token;
});

afterAll(async () => {
  await api.close();
});

async function trail(limit = 200): Promise<AuditEntry[]> {
  const response = await api.http.get(`/api/v1/audit?limit=${limit}`).set(bearer(admin));
  return auditPageSchema.parse(response.body).items;
}

/** The newest entry, once it has its outcome. */
const newest = (): Promise<AuditEntry> =>
  eventually(async () => (await trail(1)).find(({ status }) => status !== null));

describe('the audit trail', () => {
  it('tells who did what, when, on what, from where, and how it ended', async () => {
    const programs = [await sampleProgram(api.database)];
    const response = await api.http
      .post('/api/v1/campaigns')
      .set(bearer(writer))
      .send({ programs, schedules: 1_000 })
      .expect(201);
    expect(await newest()).toMatchObject({
      actor: 'token ci',
      address: textLike(/127\.0\.0\.1$/),
      action: 'POST /api/v1/campaigns',
      subject: '/api/v1/campaigns',
      request: textLike(/^[0-9a-f-]{36}$/),
      status: 201,
      result: response.headers['location'],
    });
  });

  it('has every call that may change something, those that failed too, and no other', async () => {
    const before = (await trail()).length;
    const as = bearer(writer);
    await api.http.post('/api/v1/campaigns/999999/cancel').set(as).send({}).expect(404);
    await api.http.post('/api/v1/campaigns').set(as).send({}).expect(422);
    await api.http.post('/api/v1/replays').set(as).send({}).expect(422);
    await api.http.get('/api/v1/campaigns').set(as).expect(200);
    await api.http.post('/api/v1/tokens').set(as).send({}).expect(403);
    await api.http.post('/api/v1/campaigns').send({}).expect(401);
    const entries = await eventually(async () => {
      const all = await trail();
      return all.every(({ status }) => status !== null) && all;
    });
    expect(entries.slice(0, entries.length - before)).toMatchObject([
      { action: 'POST /api/v1/replays', status: 422 },
      { action: 'POST /api/v1/campaigns', status: 422 },
      { action: 'POST /api/v1/campaigns/:id/cancel', subject: '/api/v1/campaigns/999999/cancel' },
    ]);
  });

  it('holds no token', async () => {
    const made = await api.http
      .post('/api/v1/tokens')
      .set(bearer(admin))
      .send({ name: 'made', scope: 'read' })
      .expect(201);
    const { token } = made.body as { token: string };
    expect(await newest()).toMatchObject({ actor: 'token root', action: 'POST /api/v1/tokens' });
    expect(JSON.stringify(await trail())).not.toContain(token);
  });

  it.each([
    `UPDATE audit_entry SET actor = 'nobody'`,
    `UPDATE audit_entry SET status = 200`,
    `DELETE FROM audit_entry`,
    `TRUNCATE audit_entry`,
  ])('takes no %s', async (sql) => {
    await newest();
    await expect(api.database.query(sql)).rejects.toThrow('neither changed nor deleted');
  });

  it('is written before the call, or the call is not carried out', async () => {
    const campaigns = async (): Promise<number> =>
      (await api.database.query(`SELECT 1 AS one FROM campaign`)).length;
    const before = await campaigns();
    await api.database.query(`ALTER TABLE audit_entry ADD CHECK (actor <> 'token ci') NOT VALID`);
    const programs = [await sampleProgram(api.database)];
    const request = { programs, schedules: 1_000 };
    const response = await api.http.post('/api/v1/campaigns').set(bearer(writer)).send(request);
    expect(response.status).toBe(500);
    expect(await campaigns()).toBe(before);
  });
});
