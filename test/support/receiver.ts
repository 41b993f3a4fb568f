/**
 * A server that notifications are sent to: it answers as told, one status per request, then 200, and keeps what it was sent.
 * `hang` is an endpoint that takes the request and never answers.
 */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly status: number;
}

export type Answer = number | 'hang';

export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** Those answered with 2xx. */
  readonly accepted: () => readonly Received[];
  readonly answerWell: () => void;
  readonly close: () => Promise<void>;
}

export async function startReceiver(...first: Answer[]): Promise<Receiver> {
  const answers = [...first];
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = answers.shift() ?? 200;
      const status = answer === 'hang' ? 0 : answer;
      const body = Buffer.concat(chunks).toString('utf8');
      received.push({ headers: request.headers, body, status });
      if (answer === 'hang') return;
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('thanks');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook?key=secret-in-address`,
    received,
    accepted: () => received.filter(({ status }) => status >= 200 && status < 300),
    answerWell: () => {
      answers.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
