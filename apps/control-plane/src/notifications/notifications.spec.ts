import {
  endpointPageSchema,
  formatToken,
  type NewEndpoint,
  newEndpointSchema,
  type Notification,
  notificationPageSchema,
  notificationSchema,
} from '@lastref/contracts';
import { announce, NOTIFY_ATTEMPTS, takeNotifications } from '@lastref/storage';
import { Webhook } from 'standardwebhooks';
import { startApp, startTestApi, type TestApi } from '../../../../test/support/api.js';
import { eventually } from '../../../../test/support/eventually.js';
import { type Answer, type Receiver, startReceiver } from '../../../../test/support/receiver.js';
import { runToTheEnd } from '../../../../test/support/sample-bugs.js';
import { sampleCampaign, sampleProgram } from '../../../../test/support/sample-shards.js';
import { parcelOf } from './parcel.js';
import { post } from './post.js';
import { writeMessage } from './message.js';

const QUICK = {
  LASTREF_SWEEP_MS: '20',
  LASTREF_NOTIFY_PAUSE_MS: '10',
  LASTREF_PUBLIC_URL: 'https://lastref.example/',
};

let api: TestApi;
let endpoints = 0;
const receivers: Receiver[] = [];

beforeAll(async () => {
  api = await startTestApi(QUICK);
});

afterEach(async () => {
  await api.database.query('DELETE FROM endpoint');
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
});

afterAll(async () => {
  await api.close();
});

async function receiver(...answers: Answer[]): Promise<Receiver> {
  const started = await startReceiver(...answers);
  receivers.push(started);
  return started;
}

async function add(url: string, members: object = {}): Promise<NewEndpoint> {
  endpoints += 1;
  const request = { name: `endpoint-${endpoints}`, format: 'webhook', url, ...members };
  const response = await api.http.post('/api/v1/endpoints').send(request).expect(201);
  return newEndpointSchema.parse(response.body);
}

async function messages(state = ''): Promise<Notification[]> {
  const query = state === '' ? {} : { state };
  const response = await api.http.get('/api/v1/notifications').query(query).expect(200);
  return notificationPageSchema.parse(response.body).items;
}

const settled = (state: Notification['state']): Promise<Notification> =>
  eventually(async () => (await messages(state))[0]);

/** Of an event with a signature, as its receiver would: throws if it is not ours. */
const verified = (
  secret: string | null,
  { headers, body }: Receiver['received'][number],
): unknown => new Webhook(secret ?? '').verify(body, headers as Record<string, string>);

const tell = (subject: string, detail?: string): Promise<boolean> =>
  announce(api.database, { kind: 'incident', subject, detail });

describe('a notification', () => {
  it('is sent until it is taken: a server that fails twice accepts exactly one', async () => {
    const server = await receiver(500, 503);
    const { secret } = await add(server.url);
    await tell('fails twice', 'Something differs.');
    const message = await settled('delivered');
    expect(message).toMatchObject({ subject: 'fails twice', attempts: 3, message: null });
    expect(server.received.map(({ status }) => status)).toEqual([500, 503, 200]);
    expect(new Set(server.received.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([message.id]),
    );
    for (const request of server.received) {
      expect(verified(secret, request)).toMatchObject({ id: message.id, type: 'incident' });
    }
  });

  it('is signed over its id, its time and its body', async () => {
    const server = await receiver();
    const { secret } = await add(server.url);
    await tell('signed');
    await settled('delivered');
    const [request] = server.received;
    if (request === undefined) throw new Error('nothing was sent');
    const { headers, body } = request;
    expect(() => verified(secret, { ...request, body: `${body} ` })).toThrow('signature');
    const changes = { 'webhook-id': 'other', 'webhook-timestamp': '1' };
    for (const [name, value] of Object.entries(changes)) {
      const changed = { ...request, headers: { ...headers, [name]: value } };
      expect(() => verified(secret, changed)).toThrow();
    }
  });

  it('says what broke, where, how often, where to read on and how to replay it', async () => {
    const hook = await receiver();
    const slack = await receiver();
    const { secret } = await add(hook.url);
    await add(slack.url, { format: 'slack' });
    const program = await sampleProgram(api.database, 'told');
    await runToTheEnd(api.database, await sampleCampaign(api.database, [program]));
    await eventually(() => Promise.resolve(hook.accepted().length === 2));
    await eventually(() => Promise.resolve(slack.accepted().length === 2));
    const told = hook.accepted().map((request) => verified(secret, request) as Told);
    const failure = told.find(({ bug }) => bug?.report === false);
    if (failure?.bug === null || failure === undefined) throw new Error('no failure was told');
    const token = formatToken({ program, strategy: 'rw/1', seed: 0 });
    expect(failure).toMatchObject({
      type: 'new-signature',
      title: 'New failure in told/buggy: deadlock between a and b',
      url: `https://lastref.example/bugs/${failure.bug.id}`,
      bug: { signature: 'deadlock@a(lock_x)+b(lock_y)', scenario: 'told', variant: 'buggy' },
      replay: { command: `npx --no lastref replay ${token}` },
    });
    expect(failure.text).toMatch(/\nIt failed in [\d,]+ schedules so far, first at \d{4}-/);
    expect(failure.text).toContain(`\nReplay it: ${failure.replay.command}\n${failure.url}`);
    await api.http.get(new URL(failure.url).pathname).expect(200, /deadlock between a and b/);
    const text = slack.accepted().map(({ body }) => (JSON.parse(body) as { text: string }).text);
    expect(text.join()).toContain('*New failure in told/buggy: deadlock between a and b*');
    expect(slack.accepted()[0]?.headers).not.toHaveProperty('webhook-signature');
  });

  it('is given up after the last attempt, stays to be seen, and can be sent again', async () => {
    const server = await receiver(...Array.from({ length: NOTIFY_ATTEMPTS }, () => 410));
    await add(server.url);
    await tell('refused');
    // The pauses would come to a day: all but the last are skipped.
    await eventually(async () => (await messages('waiting'))[0]?.attempts);
    await api.database.query(`UPDATE notification SET attempts = $1, due_at = now()`, [
      NOTIFY_ATTEMPTS - 1,
    ]);
    const failed = await settled('failed');
    expect(failed).toMatchObject({ attempts: NOTIFY_ATTEMPTS, message: 'it answered 410' });
    const [endpoint] = endpointPageSchema.parse(
      (await api.http.get('/api/v1/endpoints')).body,
    ).items;
    expect(endpoint).toMatchObject({ failed: 1, waiting: 0 });
    server.answerWell();
    await resend(failed.id, 200);
    expect(await settled('delivered')).toMatchObject({ id: failed.id });
    expect((await resend(failed.id, 409)).body).toMatchObject({ slug: 'notification-delivered' });
  });

  it('is sent again, with its id, by a service whose sender ended before it noted the answer', async () => {
    const server = await receiver();
    const { secret } = await add(server.url);
    const [taken] = await takeAtOnce('crash');
    if (taken === undefined) throw new Error('nothing was taken');
    const event = { ...taken, bug: null, campaign: null, replay: null };
    const parcel = parcelOf(taken, writeMessage(event, 'http://x'), new Date());
    expect(await post(parcel, new AbortController().signal)).toEqual({ ok: true });
    // Its sender is gone. Within the lease nobody else takes it; afterwards somebody does.
    expect(await takeNotifications(api.database, [])).toEqual([]);
    await api.database.query('UPDATE notification SET due_at = now()');
    await settled('delivered');
    const ids = server.received.map((request) => (verified(secret, request) as Told).id);
    expect(ids).toEqual([taken.id, taken.id]);
  });

  it('whose senders all ended before they heard an answer is given up', async () => {
    const server = await receiver();
    await add(server.url);
    await takeAtOnce('poison');
    await api.database.query('UPDATE notification SET attempts = $1, due_at = now()', [
      NOTIFY_ATTEMPTS,
    ]);
    expect((await settled('failed')).message).toContain('ended before it heard an answer');
    expect(server.received).toEqual([]);
  });

  it('is sent once by several control planes', async () => {
    const server = await receiver();
    await add(server.url);
    const { url } = await databaseOf();
    const other = await startApp(url, QUICK);
    try {
      const subjects = Array.from({ length: 40 }, (_, place) => `of several ${place}`);
      await Promise.all(subjects.map((subject) => tell(subject)));
      await eventually(async () => (await messages('waiting')).length === 0);
      const ids = server.accepted().map(({ headers }) => headers['webhook-id']);
      expect(ids).toHaveLength(subjects.length);
      expect(new Set(ids).size).toBe(subjects.length);
    } finally {
      await other.close();
    }
  });

  it('does not wait for an endpoint that hangs', async () => {
    const hangs = await receiver(...Array.from({ length: 20 }, (): Answer => 'hang'));
    await add(hangs.url);
    const well = await receiver();
    await add(well.url);
    for (let place = 0; place < 12; place += 1) await tell(`past a hanging one ${place}`);
    await eventually(() => Promise.resolve(well.accepted().length === 12));
    expect(hangs.accepted()).toEqual([]);
  });

  it('is not sent where its endpoint sends it on, and tells nothing of an answer', async () => {
    const server = await receiver(302);
    await add(server.url);
    await tell('redirected');
    const waits = await eventually(async () => (await messages()).find(({ message }) => message));
    expect(waits.message).toBe('it answered 302; redirects are not followed');
    expect(JSON.stringify(await messages())).not.toMatch(/thanks|secret-in-address/);
  });

  it('of a test goes the same way', async () => {
    const server = await receiver();
    const { id, secret } = await add(server.url);
    const response = await api.http
      .post(`/api/v1/endpoints/${id}/test`)
      .set('content-type', 'application/json')
      .expect(202);
    expect(notificationSchema.parse(response.body)).toMatchObject({ kind: null, state: 'waiting' });
    await settled('delivered');
    const [request] = server.received;
    if (request === undefined) throw new Error('nothing was sent');
    expect(verified(secret, request)).toMatchObject({
      type: 'test',
      title: 'Test message of Lastref',
    });
  });
});

describe('endpoints', () => {
  it('show their secret once and their address never', async () => {
    const server = await receiver();
    const added = await add(server.url, { kinds: ['canary'] });
    expect(added.secret).toMatch(/^whsec_[A-Za-z0-9+/=]{44}$/);
    const list = await api.http.get('/api/v1/endpoints').expect(200);
    const text = JSON.stringify(list.body);
    expect(endpointPageSchema.parse(list.body).items).toMatchObject([
      { id: added.id, kinds: ['canary'], origin: new URL(server.url).origin },
    ]);
    expect(text).not.toContain('secret-in-address');
    expect(text).not.toContain(added.secret);
  });

  it('are removed with what was under way to them', async () => {
    const server = await receiver('hang');
    const { id } = await add(server.url);
    await tell('never');
    const remove = (): ReturnType<typeof api.http.delete> =>
      api.http.delete(`/api/v1/endpoints/${id}`).set('content-type', 'application/json');
    await remove().expect(200);
    await remove().expect(404);
    expect(await messages()).toEqual([]);
  });

  it.each([
    [{ url: 'ftp://x/' }, '/url'],
    [{ url: 'http://user:password@x/' }, '/url'],
    [{ url: 'nowhere' }, '/url'],
    [{ name: 'a b' }, '/name'],
    [{ format: 'mail' }, '/format'],
    [{ kinds: [] }, '/kinds'],
    [{ secret: 'x' }, '/secret'],
  ])('refuse %j', async (members, pointer) => {
    const request = { name: 'ok', format: 'webhook', url: 'http://127.0.0.1:9/', ...members };
    const response = await api.http.post('/api/v1/endpoints').send(request);
    expect([response.status, response.body]).toMatchObject([422, { errors: [{ pointer }] }]);
  });

  it('have names that tell them apart, and no end of them are not', async () => {
    const { name } = await add('http://127.0.0.1:9/');
    const request = { name, format: 'slack', url: 'http://127.0.0.1:9/' };
    const again = await api.http.post('/api/v1/endpoints').send(request);
    expect([again.status, again.body]).toMatchObject([409, { slug: 'name-taken' }]);
    await api.database.query(
      `INSERT INTO endpoint (name, format, url, kinds)
       SELECT 'filled-' || n, 'slack', 'http://127.0.0.1:9/', '{}' FROM generate_series(1, 49) AS n`,
    );
    const full = await api.http.post('/api/v1/endpoints').send({ ...request, name: 'one-more' });
    expect([full.status, full.body]).toMatchObject([429, { slug: 'too-many' }]);
  });
});

interface Told {
  id: string;
  type: string;
  text: string;
  url: string;
  bug: { id: number; report: boolean } | null;
  replay: { command: string };
}

const resend = (id: string, status: number): ReturnType<typeof api.http.post> =>
  api.http
    .post(`/api/v1/notifications/${id}/resend`)
    .set('content-type', 'application/json')
    .expect(status);

/** Announces and takes in one transaction, before the service can see anything. */
function takeAtOnce(subject: string): ReturnType<typeof takeNotifications> {
  return api.database.transaction(async (tx) => {
    await announce(tx, { kind: 'incident', subject });
    // Times are kept to the millisecond, rounded: this very moment may be in the future.
    await tx.query(`UPDATE notification SET due_at = now() - interval '1 second'`);
    return takeNotifications(tx, []);
  });
}

async function databaseOf(): Promise<{ url: string }> {
  const { CONFIG } = await import('../config/config.module.js');
  const { databaseUrl } = api.app.get<{ databaseUrl: string }>(CONFIG);
  return { url: databaseUrl };
}
