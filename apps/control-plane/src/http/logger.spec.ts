import { createLogger, NestLog, withoutPasswords } from './logger.js';

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
    expect(withoutPasswords('http://127.0.0.1:4747/docs')).toBe('http://127.0.0.1:4747/docs');
  });

  it('never holds a secret of a header, an error or a message', () => {
    const out = collect();
    const logger = createLogger('trace', out);
    logger.info({
      req: { headers: { authorization: SECRET, cookie: SECRET, 'x-api-key': SECRET, host: 'h' } },
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
});
