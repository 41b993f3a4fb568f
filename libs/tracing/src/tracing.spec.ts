import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { type Collector, startCollector } from '../../../test/support/collector.js';
import { openTracing } from './open-tracing.js';
import { readTraceParent } from './trace-parent.js';
import { NO_TRACING, type Tracing } from './tracing.js';

const PROCESS = { service: 'sample', version: '1', instance: 'a' };

let collector: Collector;
let tracing: Tracing;

beforeEach(async () => {
  collector = await startCollector();
  tracing = await openTracing({ url: collector.url, ...PROCESS });
});

afterEach(async () => {
  await tracing.close();
  await collector.close();
});

describe('tracing', () => {
  it('makes a span within a span its child, also across awaits', async () => {
    await tracing.span('outer', { kind: 'server', attributes: { n: 1 } }, async (span) => {
      await Promise.resolve();
      await tracing.span('inner', {}, () => Promise.resolve());
      span.add({ done: true });
    });
    await tracing.close();
    const [inner, outer] = collector.spans;
    expect([inner?.name, outer?.name]).toEqual(['inner', 'outer']);
    expect(inner).toMatchObject({ traceId: outer?.traceId, parentSpanId: outer?.spanId });
    expect(outer).toMatchObject({ service: 'sample', attributes: { n: 1, done: true } });
    expect(outer?.parentSpanId ?? '').toBe('');
  });

  it('continues in another process what began in this one', async () => {
    const name = await tracing.span('request', {}, () => Promise.resolve(tracing.current()));
    const other = await openTracing({ url: collector.url, ...PROCESS, service: 'other' });
    await other.span('work', { parent: name }, () => Promise.resolve());
    await other.close();
    await tracing.close();
    const [work, request] = collector.spans;
    expect(work).toMatchObject({ service: 'other', parentSpanId: request?.spanId });
    expect(work?.traceId).toBe(request?.traceId);
    expect(tracing.current()).toBeUndefined();
  });

  it('notes an error and lets it pass', async () => {
    const work = (): Promise<void> => Promise.reject(new Error('the disk is full'));
    await expect(tracing.span('work', {}, work)).rejects.toThrow('the disk is full');
    await tracing.close();
    expect(collector.spans[0]?.status).toEqual({ code: 2, message: 'the disk is full' });
  });

  it('does the work where the collector is away, and does not wait long for it', async () => {
    const alone = await openTracing({ url: 'http://127.0.0.1:1/v1/traces', ...PROCESS });
    expect(await alone.span('work', {}, () => Promise.resolve(7))).toBe(7);
    await alone.close();
  });
});

describe('without the setting', () => {
  it('nothing is traced and the work is done', async () => {
    const none = await openTracing({ url: undefined, ...PROCESS });
    expect(none).toBe(NO_TRACING);
    expect(await none.span('work', {}, () => Promise.resolve(7))).toBe(7);
    expect(none.current()).toBeUndefined();
  });

  it.each([
    ['not', 'undefined', false],
    ['then', '"http://127.0.0.1:1"', true],
  ])('OpenTelemetry is %s loaded', (_, url, loaded) => {
    const index = pathToFileURL(join(__dirname, '..', 'dist', 'index.js')).href;
    const script = `
      import { createRequire } from 'node:module';
      const { openTracing } = await import(${JSON.stringify(index)});
      await openTracing({ url: ${url}, service: 's', version: '1', instance: 'a' });
      const { cache } = createRequire(import.meta.url);
      process.stdout.write(String(Object.keys(cache).some((file) => file.includes('opentelemetry'))));
      process.exit();`;
    const args = ['--input-type=module', '--eval', script];
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(stdout).toBe(String(loaded));
  });
});

describe('the name of a span', () => {
  it.each([
    undefined,
    '',
    'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    '00-00000000000000000000000000000000-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
    '00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01',
  ])('is not %s', (text) => {
    expect(readTraceParent(text)).toBeUndefined();
  });
});
