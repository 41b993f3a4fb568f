import { MAX_ANSWER_BYTES, type Steps, stepsSchema } from '@lastref/contracts';
import { replay, Stepper } from '@lastref/exploration';
import { programDigest } from '@lastref/kernel';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { realProgram } from '../../../../test/support/real-program.js';
import { tellSteps } from '../engine/tell-steps.js';

let api: TestApi;
const program = realProgram();
const digest = programDigest(program);
const run = { digest, strategy: 'rw/1', seed: 13_842 };

beforeAll(async () => {
  api = await startTestApi();
  await api.http.post('/api/v1/programs').send(program).expect(201);
});

afterAll(async () => {
  await api.close();
});

async function page(body: object): Promise<Steps> {
  const response = await api.http.post('/api/v1/replays/steps').send({ ...run, ...body });
  expect([response.status, response.body]).toMatchObject([200, {}]);
  return stepsSchema.parse(response.body);
}

describe('the steps of a replay', () => {
  const told = replay(program, run);
  if (!told.ok) throw new Error(told.message);
  const { trace } = told;

  it('are the states that the engine gives anywhere, page by page', async () => {
    const stepper = new Stepper(program, trace);
    const states: unknown[] = [];
    for (let from: number | null = 0; from !== null;) {
      const { states: some, next, steps, tasks }: Steps = await page({ from, limit: 10 });
      expect([steps, tasks]).toEqual([trace.steps.length, trace.tasks]);
      expect(some.length).toBe(next === null ? steps + 1 - from : 10);
      states.push(...some);
      from = next;
    }
    expect(states).toEqual(Array.from({ length: stepper.last + 1 }, (_, n) => stepper.at(n)));
  });

  it('are the same by schedule and by the token that an answer names', async () => {
    const { replay: handle, ...first } = await page({ from: 40, limit: 1 });
    const others = [{ digest, schedule: trace.schedule }, { token: handle.token }];
    for (const named of others) {
      const response = await api.http
        .post('/api/v1/replays/steps')
        .send({ ...named, from: 40, limit: 1 });
      expect(response.body).toMatchObject(first);
    }
  });

  it.each([
    [{ from: -1 }, 'invalid-body'],
    [{ limit: 0 }, 'invalid-body'],
    [{ limit: 201 }, 'invalid-body'],
    [{ schedule: '0' }, 'invalid-body'],
    [{ from: 43 }, 'replay-refused'],
  ])('refuse %j as %s', async (body, slug) => {
    const response = await api.http.post('/api/v1/replays/steps').send({ ...run, ...body });
    expect([response.status, response.body]).toMatchObject([422, { slug }]);
  });
});

describe('a page of states', () => {
  const job = {
    kind: 'steps',
    program: JSON.stringify(program),
    how: { strategy: 'rw/1', seed: 13_842 },
    maxSteps: 1_000,
    from: 0,
    limit: 200,
    mostBytes: MAX_ANSWER_BYTES,
  } as const;

  it('ends where it would be too large, and has one state at least', () => {
    const lengthOf = (mostBytes: number): unknown => {
      const answer = tellSteps({ ...job, mostBytes });
      return answer.kind === 'stepped' && [answer.run.states.length, answer.run.next];
    };
    expect(lengthOf(MAX_ANSWER_BYTES)).toEqual([43, null]);
    expect(lengthOf(1)).toEqual([1, 1]);
    const answer = tellSteps({ ...job, mostBytes: 10_000 });
    const states = answer.kind === 'stepped' ? answer.run.states : [];
    const bytes = JSON.stringify(states).length;
    expect([states.length > 1, bytes <= 10_002]).toEqual([true, true]);
  });

  it('is of no run that is longer than asked for', () => {
    expect(tellSteps({ ...job, maxSteps: 41 })).toEqual({ kind: 'too-long', steps: 42 });
  });
});
