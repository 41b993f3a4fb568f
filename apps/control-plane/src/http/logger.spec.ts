import { newToken } from '@lastref/storage';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '../../../../test/support/eventually.js';
import { createLogger, NestLog, requestLog, withoutPasswords } from './logger.js';

function collect(): { lines: string[]; write: (line: string) => void } {
  const lines: string[] = [];
  return { lines, write: (line) => lines.push(line) };
}

const SECRET = 'hunter2';
const url = `postgresql://lastref:${SECRET}@127.0.0.1:5432/lastref`;

describe('the log', () => {
  it('cuts passwords out of URLs wherever they are quoted', () => {
    expect(withoutPasswords(`no ${url} and redis://:${SECRET}@h:1/0`)).toBe(
      'no postgresql://lastref:[redacted]@127.0.0.1:5432/lastref and redis://:[redacted]@h:1/0',
    );
    expect(withoutPasswords(`http://:${SECRET}@h:1 redis+tls://u:${SECRET}@x@h`)).toBe(
      'http://:[redacted]@h:1 redis+tls://u:[redacted]@h',
    );
    expect(withoutPasswords('http://127.0.0.1:4747/docs')).toBe('http://127.0.0.1:4747/docs');
  });

  it('never holds a secret of a header, an error or a message', () => {
    const out = collect();
    const logger = createLogger('trace', out);
    logger.info({
      req: {
        headers: {
          authorization: SECRET,
          cookie: SECRET,
          'x-api-key': SECRET,
          'x-auth-token': SECRET,
          'x-access-token': SECRET,
          host: 'h',
        },
      },
    });
    logger.error({ err: new Error(`cannot connect to ${url}`) }, 'failed');
    const nest = new NestLog(logger);
    nest.error(`cannot connect to ${url}`, `Error: ${url}\n at x`, 'Context');
    nest.warn(new Error(url));
    nest.log({ url });
    expect(out.lines).toHaveLength(5);
    expect(out.lines.join('')).not.toContain(SECRET);
    expect(out.lines.join('')).toContain('[redacted]');
  });

  it('holds no secret of a query and no access token', () => {
    const token = newToken();
    expect(withoutPasswords(`/x?access_token=${SECRET}&limit=5&api-key=${SECRET}#a`)).toBe(
      '/x?access_token=[redacted]&limit=5&api-key=[redacted]#a',
    );
    expect(withoutPasswords(`refused ${token}.`)).toBe('refused lrt_[redacted].');
  });

  it('redacts the address of a request', async () => {
    const out = collect();
    const server = createServer((request, response) => {
      requestLog(createLogger('trace', out))(request, response);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const headers = { 'x-auth-token': SECRET };
    await fetch(`http://127.0.0.1:${port}/a?access_token=${SECRET}&b=1`, { headers });
    await eventually(() => Promise.resolve(out.lines.length > 0));
    await new Promise((resolve) => server.close(resolve));
    expect(out.lines.join('')).toContain('/a?access_token=[redacted]&b=1');
    expect(out.lines.join('')).not.toContain(SECRET);
  });
});
