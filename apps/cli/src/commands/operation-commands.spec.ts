/** Proofs and orders on a service, and the commands about them, against the real control plane; the spec plays the worker. */
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { eventually } from '../../../../test/support/eventually.js';
import { runOperations } from '../../../../test/support/run-operations.js';
import { lastref, lastrefJson } from '../in-process.fixture.js';

let api: TestApi;
let url: string;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  api = await startTestApi();
  const { port } = api.app.getHttpServer().address() as AddressInfo;
  url = `http://127.0.0.1:${port}`;
});

afterAll(async () => {
  await api.close();
});

function work(): () => Promise<void> {
  const stopping = new AbortController();
  const loop = (async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await runOperations(api.database);
      await pause(20);
    }
  })();
  return async () => {
    stopping.abort();
    await loop;
  };
}

/** The text without how long it took. */
const timeless = (text: string): string => text.replace(/, [0-9.]+ m?s$/gm, '');

describe('on a service', () => {
  beforeEach(() => {
    stopWorker = work();
  });

  afterEach(() => stopWorker());

  it.each([
    [['prove', 'nbd/buggy/main'], 0],
    [['prove', 'nvmem/fixed/main', '--symmetry', '--reduce'], 0],
    [['prove', 'nvmem/fixed/main', '--max-states', '10'], 1],
    [['prove', 'nbd/buggy', '--all-cases'], 0],
    [['orders', 'devmem/buggy/main'], 0],
  ] as const)('%j says what it says here', async (words, exit) => {
    const here = await lastref([...words]);
    const there = await lastref([...words, '--url', url]);
    expect(there.err).toContain(`at ${url}: `);
    expect(timeless(there.out)).toBe(timeless(here.out));
    expect([here.exit, there.exit]).toEqual([exit, exit]);
  });

  it('a proof has the certificate it has here', async () => {
    const here = await lastrefJson(['prove', 'nbd/buggy/main']);
    const there = await lastrefJson(['prove', 'nbd/buggy/main', '--url', url]);
    const untimed = { elapsedMs: 0 };
    expect({ ...(there.json as object), ...untimed }).toEqual({
      ...(here.json as object),
      ...untimed,
    });
  });

  it('what has no answer is refused with the reason', async () => {
    const { exit, err } = await lastref([
      'orders',
      'nbd/buggy/main',
      '--milestones',
      'a,b',
      '--url',
      url,
    ]);
    expect(exit).toBe(1);
    expect(err).toContain("no milestone 'a'");
    const both = await lastref(['prove', 'nbd/buggy/main', '--probability', '--url', url]);
    expect(both).toMatchObject({ exit: 2, out: '' });
  });
});

it('Ctrl-C leaves the operation running, and says how to find it', async () => {
  const interruption = new AbortController();
  const words = ['prove', 'nbd/buggy/main', '--url', url];
  const running = lastref(words, { signal: interruption.signal });
  const [row] = await eventually(async () => {
    const rows = await api.database.prisma.operation.findMany({ where: { state: 'waiting' } });
    return rows.length > 0 && rows;
  });
  // The operation stands; its answer may be under way.
  await eventually(async () => {
    const { out } = await lastref(['operation', 'list', '--url', url]);
    return out.includes(`${String(row?.id)} `);
  });
  interruption.abort();
  const { exit, err } = await running;
  expect(exit).toBe(130);
  expect(err).toMatch(
    /goes on without this command; see npx --no lastref operation show \d+ --url/,
  );
  expect(await runOperations(api.database)).toBe(1);
});

it('a new installation asks for proofs, once and in the background', async () => {
  const firstRun = ['campaign', 'start', '--first-run', '--url', url];
  expect(await lastref(firstRun)).toMatchObject({ exit: 0, err: '' });
  const asked = await api.database.prisma.operation.findMany({ where: { background: true } });
  expect(asked.length).toBeGreaterThan(10);
  expect((await lastref(firstRun)).exit).toBe(0);
  const { count } = await api.database.prisma.operation.updateMany({
    where: { background: true },
    data: { state: 'cancelled' },
  });
  expect(count).toBe(asked.length);
}, 30_000);

it('operations are listed, shown, cancelled and resumed, and fill the matrix', async () => {
  const body = { kind: 'prove', program: 'nbd/buggy/main' };
  const made = await api.http.post('/api/v1/operations').send(body).expect(202);
  const { id } = made.body as { id: number };
  const operation = (...words: string[]): ReturnType<typeof lastref> =>
    lastref(['operation', ...words, '--url', url]);
  expect((await operation('list', '--state', 'waiting')).out).toMatch(
    new RegExp(`^${id} +waiting +prove +0 +nbd/buggy/main$`, 'm'),
  );
  expect((await operation('cancel', String(id))).out).toContain('is cancelled');
  expect((await operation('resume', String(id))).out).toContain('is waiting');
  await runOperations(api.database);
  const shown = await operation('show', String(id));
  expect(shown.out).toContain('proved; fails');
  expect((await operation('resume', String(id))).exit).toBe(2);
  const { exit, out } = await lastref(['matrix', '--url', url]);
  expect(exit).toBe(0);
  expect(out).toMatch(/^nbd +buggy/m);
  expect(out).toMatch(/^main +fails as expected \(proved\)/m);
});
