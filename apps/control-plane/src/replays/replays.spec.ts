import { formatToken, problemSchema, type Replay, replaySchema } from '@lastref/contracts';
import { replay } from '@lastref/exploration';
import { programDigest } from '@lastref/kernel';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { realProgram } from '../../../../test/support/real-program.js';

let api: TestApi;
const program = realProgram();
const digest = programDigest(program);
const strategy = 'rw/1';

beforeAll(async () => {
  api = await startTestApi();
  await api.http.post('/api/v1/programs').send(program).expect(201);
});

afterAll(async () => {
  await api.close();
});

async function replayed(body: object): Promise<Replay> {
  const response = await api.http.post('/api/v1/replays').send(body);
  expect([response.status, response.body]).toMatchObject([200, {}]);
  return replaySchema.parse(response.body);
}

describe('replays', () => {
  it('answer the trace that the engine gives anywhere', async () => {
    for (const seed of [0, 1, 2, 3]) {
      const here = replay(program, { strategy, seed });
      const there = await replayed({ digest, strategy, seed });
      expect(here).toMatchObject({ ok: true, trace: { digest: there.digest } });
    }
  });

  it('are the same by address, digest, schedule and token', async () => {
    const first = await replayed({ address: 'nbd/buggy', strategy, seed: 7 });
    expect(first.text).not.toBe('');
    expect(first.steps.length).toBeGreaterThan(0);
    const others = [
      await replayed({ address: 'nbd/buggy/main', strategy, seed: 7 }),
      await replayed({ digest, schedule: first.schedule }),
      await replayed({ token: first.replay.token }),
      await replayed({ token: formatToken({ program: digest, schedule: first.schedule }) }),
      await replayed({ token: `lr1.${digest}.schedule.${first.schedule}` }),
    ];
    expect(others.map((one) => one.digest)).toEqual(others.map(() => first.digest));
  });

  it.each([
    [{}, 'invalid-body', ''],
    [{ digest, strategy }, 'invalid-body', ''],
    [{ digest, strategy, seed: 1, schedule: '0' }, 'invalid-body', ''],
    [{ digest, strategy: 'rw/9', seed: 1 }, 'invalid-body', '/strategy'],
    [{ token: 'lr1.nothing' }, 'invalid-body', '/token'],
    [{ token: 'lr2.nothing' }, 'invalid-body', '/token'],
    [
      { token: formatToken({ program: '0'.repeat(64), schedule: '0' }) },
      'unknown-program',
      '/token',
    ],
    [{ token: 1 }, 'invalid-body', '/token'],
    [{ digest: '0'.repeat(64), schedule: '0' }, 'unknown-program', '/digest'],
    [{ address: 'nbd/bugy', schedule: '0' }, 'unknown-program', '/address'],
  ])('refuse %j as %s', async (body, slug, pointer) => {
    const response = await api.http.post('/api/v1/replays').send(body);
    const problem = problemSchema.parse(response.body);
    expect([response.status, problem.slug]).toEqual([422, slug]);
    expect(problem.errors?.[0]?.pointer).toBe(pointer);
  });

  it('refuse a schedule that the program does not have', async () => {
    const response = await api.http.post('/api/v1/replays').send({ digest, schedule: 'zzzz' });
    expect([response.status, response.body]).toMatchObject([422, { slug: 'replay-refused' }]);
  });
});
