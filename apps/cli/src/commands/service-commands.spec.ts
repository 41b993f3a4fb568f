/** The commands that talk to the service, against the real control plane; nothing works its campaigns off. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Campaign, MAX_CAMPAIGN_SCHEDULES, MAX_STOP_MS } from '@lastref/contracts';
import { compileAddress } from '@lastref/scenarios';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { finishRound } from '../../../../test/support/engine-rounds.js';
import { textLike } from '../../../../test/support/matchers.js';
import { sampleIncident } from '../../../../test/support/sample-incident.js';
import { lastref, lastrefJson } from '../in-process.fixture.js';

let api: TestApi;
let serviceUrl: string;

beforeAll(async () => {
  api = await startTestApi();
  const { port } = api.app.getHttpServer().address() as AddressInfo;
  serviceUrl = `http://127.0.0.1:${port}`;
});

afterAll(async () => {
  await api.close();
});

const start = async (
  ...words: string[]
): Promise<{ exit: number; json: Campaign; err: string }> => {
  const { exit, json, err } = await lastrefJson(['campaign', 'start', ...words], { serviceUrl });
  return { exit, json: json as Campaign, err };
};

describe('push', () => {
  it('stores programs, once', async () => {
    const first = await lastrefJson(['push', 'nbd/buggy'], { serviceUrl });
    expect(first).toMatchObject({
      exit: 0,
      json: { programs: [{ address: 'nbd/buggy/main' }, {}, {}] },
    });
    expect(await lastrefJson(['push', 'nbd/buggy'], { serviceUrl })).toEqual(first);
  });
});

describe('campaign', () => {
  it('start pushes its programs and starts with what was asked', async () => {
    const words = ['nbd/buggy', '-n', '1000', '--seed', '5', '--shard-size', '64', '--title', 'x'];
    const { exit, json } = await start(...words);
    expect(exit).toBe(0);
    expect(json).toMatchObject({ title: 'x', state: 'running', schedules: 3000 });
    expect(json.parts.map(({ seedFrom, seedEnd }) => [seedFrom, seedEnd])).toEqual(
      json.parts.map(() => [5, 1005]),
    );
    const text = await lastref(['campaign', 'status', String(json.id)], { serviceUrl });
    expect(text.exit).toBe(0);
    expect(text.out).toContain(`campaign ${json.id} (x): running`);
    const list = await lastref(['campaign', 'list'], { serviceUrl });
    expect(list.out).toMatch(new RegExp(`^${json.id} +running +0 +0 +x$`, 'm'));
  });

  it('start passes portfolio and rule on', async () => {
    const words = ['nbd/buggy/main', '-n', '5000', '--strategy', 'portfolio', '--stop', 'ci:0.05'];
    const { exit, json } = await start(...words);
    expect(exit).toBe(0);
    const stop = { confidenceWidth: 0.05 };
    expect(json).toMatchObject({ strategy: 'portfolio', stop, schedules: 5000 });
    expect(json.parts.reduce((sum, part) => sum + part.seedEnd - part.seedFrom, 0)).toBe(1000);
    const text = await lastref(['campaign', 'status', String(json.id)], { serviceUrl });
    expect(text.out).toContain('of surw/2');
    expect(text.out).toContain('round 0');
  });

  it('start passes a time on, and sets no number of schedules unless told one', async () => {
    const { exit, json } = await start('nbd/buggy/main', '--stop', 'time:10m');
    expect(exit).toBe(0);
    expect(json).toMatchObject({ stop: { elapsedMs: 600_000 }, schedules: MAX_CAMPAIGN_SCHEDULES });
    expect(json.rounds).toMatchObject([{ round: 0, stopped: null }]);
    const both = await start('nbd/buggy/main', '--stop', 'time:720h', '-n', '9');
    expect(both.json).toMatchObject({ stop: { elapsedMs: MAX_STOP_MS }, schedules: 9 });
  });

  it('status says what is known where nothing failed', async () => {
    const address = 'nbd/fixed/last-close';
    const { json } = await start(address, '-n', '600', '--shard-size', '600');
    const status = ['campaign', 'status', String(json.id)];
    const before = await lastrefJson(status, { serviceUrl });
    expect(before.json).toMatchObject({ bounds: [{ address, schedules: 0, bound: null }] });
    await finishRound(api.database, json.id, [compileAddress(address)]);
    const after = await lastrefJson(status, { serviceUrl });
    expect(after.json).toMatchObject({ bounds: [{ address, schedules: 600, bound: 0.005 }] });
    const { out } = await lastref(status, { serviceUrl });
    expect(out).toContain(
      "nothing failed: with 95 % confidence fewer than 0.0050 of rw/1's runs fail (3/n)\n",
    );
  });

  it('start names the bugs that first-failure waits for, where they are known', async () => {
    const named = await start('nbd/buggy/main', 'nbd/fixed/main', '--stop', 'first-failure');
    const buggy = named.json.parts.find(({ address }) => address === 'nbd/buggy/main');
    expect(named.json.stop).toEqual({
      firstFailureOf: [{ program: buggy?.program, bugs: ['deadlock@del_gendisk+nbd_open'] }],
    });
    const unknown = await start('nbd/fixed/main', '--stop', 'first-failure');
    expect(unknown.json.stop).toBe('first-failure');
  });

  it.each(['soon', 'time:90', 'time:721h'])('start refuses to stop by %s', async (rule) => {
    const { exit, err } = await start('nbd/buggy/main', '--stop', rule);
    expect(exit).toBe(2);
    expect(err).toContain(`--stop: '${rule}' `);
  });

  it('start makes a new campaign every time, but the first one of an installation once', async () => {
    const [a, b] = [await start('nbd/buggy/main'), await start('nbd/buggy/main')];
    expect(a.json.id).not.toBe(b.json.id);
    const [c, d] = [await start('--first-run'), await start('--first-run')];
    expect(c.exit).toBe(0);
    expect(c.json.id).toBe(d.json.id);
    const addresses = c.json.parts.map(({ address }) => address);
    expect(addresses).toContain('nbd/buggy/main');
    expect(addresses).toContain('nbd/buggy/last-close');
  }, 60_000);

  it('watch follows to the end; a cancelled one did not hold', async () => {
    const { json } = await start('nbd/fixed/last-close', '-n', '10');
    const watching = lastref(['campaign', 'watch', String(json.id)], { serviceUrl });
    await api.http
      .post(`/api/v1/campaigns/${json.id}/cancel`)
      .set('content-type', 'application/json')
      .expect(200);
    const { exit, out } = await watching;
    expect(exit).toBe(1);
    expect(out).toContain(': cancelled');
  });

  it('cancel ends a running one, retry lets an incomplete one run on', async () => {
    const { json } = await start('nbd/fixed/last-close', '-n', '10');
    const id = String(json.id);
    const dispute = { kind: 'digest', subject: 'shard 1 gave x' } as const;
    const incident = await sampleIncident(api.database, { ...dispute, campaign: json.id });
    const stopped = await lastref(['campaign', 'status', id], { serviceUrl });
    expect(stopped.exit).toBe(1);
    expect(stopped.out).toContain(`stopped by incident ${incident}: shard 1 gave x`);
    const early = await lastref(['campaign', 'retry', id], { serviceUrl });
    expect(early).toMatchObject({ exit: 2, err: textLike(/close it with a reason first/) });
    const close = ['incident', 'close', String(incident), '--reason', 'a broken machine'];
    const closed = await lastref(close, { serviceUrl });
    expect(closed).toMatchObject({ exit: 0, out: textLike(/reason: a broken machine/) });
    const retried = await lastref(['campaign', 'retry', id], { serviceUrl });
    expect(retried).toMatchObject({ exit: 0, out: textLike(/: running/) });
    const cancelled = await lastref(['campaign', 'cancel', id], { serviceUrl });
    expect(cancelled).toMatchObject({ exit: 0, out: textLike(/: cancelled/) });
    const again = await lastref(['campaign', 'retry', id], { serviceUrl });
    expect(again).toMatchObject({ exit: 2, err: textLike(/is cancelled/) });
  });

  it('watch ends with 130 when it is interrupted', async () => {
    const { json } = await start('nbd/fixed/last-close', '-n', '10');
    const abort = new AbortController();
    const setting = { serviceUrl, signal: abort.signal };
    const watching = lastref(['campaign', 'watch', String(json.id)], setting);
    abort.abort();
    expect(await watching).toMatchObject({ exit: 130, err: 'lastref: interrupted\n' });
  });

  it.each([
    [['campaign', 'start'], 2, 'name a scenario'],
    [['campaign', 'start', 'nbd', '--first-run'], 2, 'leave out the addresses'],
    [['campaign', 'start', 'nope'], 2, "no scenario 'nope'"],
    [['campaign', 'start', 'nbd/buggy', '--strategy', 'rw/9'], 2, "no strategy 'rw/9'"],
    [['campaign', 'status', '999999'], 2, 'there is no campaign 999999'],
    [['campaign', 'watch', '999999'], 2, 'there is no campaign 999999'],
    [['campaign', 'status', 'x'], 2, 'It must be an integer'],
  ])('%j exits with %d', async (words, code, message) => {
    const { exit, err } = await lastref(words, { serviceUrl });
    expect(err).toContain(message);
    expect(exit).toBe(code);
  });
});

describe('incident', () => {
  it('list tells by its exit code whether one is open, show says what is to be done', async () => {
    const none = await lastref(['incident', 'list', '--open'], { serviceUrl });
    expect(none).toMatchObject({ exit: 0, out: 'no incidents\n' });
    const late = { kind: 'canary-late', subject: 'tick 7' } as const;
    const id = await sampleIncident(api.database, late);
    const list = await lastref(['incident', 'list'], { serviceUrl });
    expect(list).toMatchObject({ exit: 1, out: textLike(/open +canary-late .*tick 7/) });
    const shown = await lastref(['incident', 'show', String(id)], { serviceUrl });
    expect(shown).toMatchObject({ exit: 0, out: textLike(/incident close \d+ --reason/) });
    expect((await lastref(['incident', 'close', String(id)], { serviceUrl })).exit).toBe(2);
    const close = ['incident', 'close', String(id), '--reason', 'the host was down', '--json'];
    const { json } = await lastrefJson(close, { serviceUrl });
    expect(json).toMatchObject({ state: 'closed', closeReason: 'the host was down' });
    expect((await lastref(['incident', 'list'], { serviceUrl })).exit).toBe(0);
  });
});

describe('a service', () => {
  it('that answers in an unknown form, or fails, is the environment', async () => {
    const statuses = [200, 503];
    const server = createServer((_request, response) => {
      response.statusCode = statuses.shift() ?? 500;
      response.end('{"hello": 1}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const setting = { serviceUrl: `http://127.0.0.1:${port}` };
    try {
      const strange = await lastref(['campaign', 'list'], setting);
      expect(strange.exit).toBe(3);
      expect(strange.err).toContain('in a form this version does not know');
      const failing = await lastref(['campaign', 'list'], setting);
      expect(failing.exit).toBe(3);
      expect(failing.err).toContain('status 503');
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('is named by --url before LASTREF_URL', async () => {
    const words = ['campaign', 'list', '--url', serviceUrl];
    expect(await lastref(words, { serviceUrl: 'http://127.0.0.1:9' })).toMatchObject({ exit: 0 });
  });
});
