import {
  bugPageSchema,
  bugSchema,
  failurePageSchema,
  formatToken,
  parseToken,
  PROGRAM_DIGITS,
  reproductionPageSchema,
  reproductionSchema,
} from '@lastref/contracts';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { sampleBugs, type SampleBugs } from '../../../../test/support/sample-bugs.js';
import { DEADLOCK, REPORT } from '../../../../test/support/sample-shards.js';

let api: TestApi;
let sample: SampleBugs;

beforeAll(async () => {
  api = await startTestApi();
  sample = await sampleBugs(api.database, 'disk');
  await sampleBugs(api.database, 'cell');
});

afterAll(async () => {
  await api.close();
});

async function deadlockOf(scenario: string): Promise<ReturnType<typeof bugSchema.parse>> {
  const response = await api.http.get('/api/v1/bugs').query({ scenario });
  const bug = bugPageSchema.parse(response.body).items.find((one) => one.signature === DEADLOCK);
  return bugSchema.parse(bug);
}

describe('bugs', () => {
  it('are listed with title, counts and reproduction', async () => {
    const response = await api.http.get('/api/v1/bugs').query({ scenario: 'disk' }).expect(200);
    const { items, next } = bugPageSchema.parse(response.body);
    expect(next).toBeNull();
    expect(items.map((bug) => bug.signature).sort()).toEqual([DEADLOCK, REPORT].sort());
    const bug = await deadlockOf('disk');
    expect(bug).toMatchObject({
      scenario: 'disk',
      variant: 'buggy',
      kind: 'deadlock',
      title: 'deadlock between a and b',
      report: false,
      count: 100,
      reproduction: {
        program: sample.program,
        grade: 'minimum (proved)',
        cost: { events: 0, preemptions: 1, switches: 1, steps: 12 },
        certificate: { expanded: [4, 2] },
      },
    });
    const one = await api.http.get(`/api/v1/bugs/${bug.id}`).expect(200);
    expect(bugSchema.parse(one.body)).toEqual(bug);
  });

  it('have a reproduction that names its own replay', async () => {
    const { reproduction } = await deadlockOf('disk');
    const { token, command } = reproductionSchema.parse(reproduction).replay;
    expect(parseToken(token)).toEqual({
      ok: true,
      run: { program: sample.program.slice(0, PROGRAM_DIGITS), schedule: '01' },
    });
    expect(command).toBe(`npx --no lastref replay ${token}`);
  });

  it('come in pages', async () => {
    const first = bugPageSchema.parse((await api.http.get('/api/v1/bugs?limit=3')).body);
    const second = bugPageSchema.parse(
      (await api.http.get('/api/v1/bugs').query({ limit: '3', after: first.next })).body,
    );
    expect([first.items.length, second.items.length, second.next]).toEqual([3, 1, null]);
  });

  it('that are unknown answer 404', async () => {
    await api.http.get('/api/v1/bugs/4711').expect(404);
    await api.http.get('/api/v1/failures?bug=4711').expect(404);
    await api.http.get('/api/v1/reproductions/4711').expect(404);
    await api.http.get('/api/v1/reproductions/4711/text').expect(404);
  });
});

describe('failures of a bug', () => {
  it('are its kept seeds, lowest first, each with command and token', async () => {
    const bug = await deadlockOf('disk');
    const seeds: number[] = [];
    let after: string | null = null;
    do {
      const query = { bug: String(bug.id), limit: '40', ...(after === null ? {} : { after }) };
      const response = await api.http.get('/api/v1/failures').query(query).expect(200);
      const page = failurePageSchema.parse(response.body);
      seeds.push(...page.items.map(({ seed }) => seed));
      after = page.next;
      const { seed = 0 } = page.items[0] ?? {};
      expect(page.items[0]).toMatchObject({
        address: 'disk/buggy/main',
        strategy: 'rw/1',
        replay: { token: formatToken({ program: sample.program, strategy: 'rw/1', seed }) },
      });
    } while (after !== null);
    expect(seeds).toEqual(Array.from({ length: 100 }, (_, index) => index * 10));
  });

  it('need to be told of which bug', async () => {
    const response = await api.http.get('/api/v1/failures');
    expect([response.status, response.body]).toMatchObject([
      400,
      { slug: 'invalid-query', errors: [{ pointer: '?bug' }] },
    ]);
  });
});

describe('reproductions', () => {
  it('are listed, all or of one bug', async () => {
    const bug = await deadlockOf('disk');
    const all = await api.http.get('/api/v1/reproductions').expect(200);
    expect(reproductionPageSchema.parse(all.body).items).toHaveLength(2);
    const own = await api.http.get('/api/v1/reproductions').query({ bug: String(bug.id) });
    expect(reproductionPageSchema.parse(own.body).items).toEqual([bug.reproduction]);
  });
});
