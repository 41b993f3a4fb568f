/** A service that goes away while it is watched, as a server of a few lines: each connection is cut after one snapshot. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lastref } from '../in-process.fixture.js';

const summary = (state: string, executed: number): object => ({
  id: 7,
  title: 't',
  state,
  strategy: 'rw/1',
  stop: 'count',
  schedules: 100,
  executed,
  outside: 0,
  cut: 0,
  steps: 0,
  failing: 0,
  shards: { carved: 1, done: 0, quarantined: 0 },
  ledgerDigest: null,
  reason: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  finishedAt: null,
});

let server: Server;
afterEach(() => new Promise((resolve) => server.close(resolve)));

/** Serves these states of the campaign, one a connection, and counts the connections. */
async function serve(
  states: readonly (string | number)[],
): Promise<{ serviceUrl: string; asked: () => number }> {
  let asked = 0;
  server = createServer((request, response) => {
    if (request.url?.endsWith('/events') !== true) {
      response.writeHead(404, { 'content-type': 'application/problem+json' });
      response.end('{}');
      return;
    }
    const state = states[Math.min(asked, states.length - 1)] ?? 500;
    asked += 1;
    if (typeof state === 'number') {
      response.writeHead(state).end('{}');
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`event: campaign\ndata: ${JSON.stringify(summary(state, asked))}\n\n`, () => {
      if (state === 'running') response.destroy();
      else response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { serviceUrl: `http://127.0.0.1:${port}`, asked: () => asked };
}

describe('campaign watch', () => {
  it('finds a service again that went away and was not ready at once', async () => {
    const { serviceUrl, asked } = await serve(['running', 'running', 503, 'running', 'done']);
    const { err } = await lastref(['campaign', 'watch', '7'], { serviceUrl });
    expect(asked()).toBe(5);
    expect(err).toContain('looking for it again');
    // It got as far as the status, which this server does not have.
    expect(err).toContain('/campaigns/7 with status 404');
  });

  it('does not look for one that never answered', async () => {
    const { serviceUrl, asked } = await serve([503]);
    const { exit, err } = await lastref(['campaign', 'watch', '7'], { serviceUrl });
    expect([exit, asked()]).toEqual([3, 1]);
    expect(err).toContain('status 503');
  });
});
