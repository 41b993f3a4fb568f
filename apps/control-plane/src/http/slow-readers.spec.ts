import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { eventually } from '../../../../test/support/eventually.js';
import { Problem } from './problem.js';
import { SlowReaders } from './slow-readers.js';

/** More than the buffers of two sockets on one machine. */
const LARGE = Buffer.alloc(48 * 1024 * 1024);

let server: Server;
const clients: Socket[] = [];

beforeEach(async () => {
  server = createServer((request, response) => {
    response.end(request.url === '/large' ? LARGE : 'small');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function ask(path: string): Socket {
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  clients.push(client);
  client.on('error', () => undefined);
  client.pause();
  client.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  return client;
}

function refusal(readers: SlowReaders): unknown {
  let answer: unknown;
  readers.guard({} as never, {} as never, (error?: unknown) => {
    answer = error;
  });
  return answer;
}

describe('clients that do not read', () => {
  it('are cut off, and what was kept for them is free', async () => {
    const readers = new SlowReaders(server, { takingMs: 40, mostBytes: Infinity });
    ask('/large');
    await eventually(() => Promise.resolve(readers.untaken() > 0));
    await eventually(() => Promise.resolve(readers.untaken() === 0));
    const connections = await new Promise((resolve) => {
      server.getConnections((_, count) => {
        resolve(count);
      });
    });
    expect(connections).toBe(0);
  });

  it('make others wait once they have left too much, until they read', async () => {
    const readers = new SlowReaders(server, { takingMs: 60_000, mostBytes: 1024 * 1024 });
    expect(refusal(readers)).toBeUndefined();
    const client = ask('/large');
    await eventually(() => Promise.resolve(readers.untaken() > 1024 * 1024));
    expect(refusal(readers)).toBeInstanceOf(Problem);
    client.resume();
    await eventually(() => Promise.resolve(refusal(readers) === undefined));
  });
});

describe('a client that reads', () => {
  it('keeps its connection, idle or not', async () => {
    const readers = new SlowReaders(server, { takingMs: 5_000, mostBytes: Infinity });
    const idle = ask('/small');
    let closed = false;
    idle.once('close', () => {
      closed = true;
    });
    const busy = ask('/large');
    busy.resume();
    let read = 0;
    busy.on('data', (chunk: Buffer) => {
      read += chunk.length;
    });
    await eventually(() => Promise.resolve(read > LARGE.length));
    expect([readers.untaken(), closed]).toEqual([0, false]);
  });
});
