import { bugPageSchema, formatToken } from '@lastref/contracts';
import { replay } from '@lastref/exploration';
import { programDigest } from '@lastref/kernel';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { realProgram } from '../../../../test/support/real-program.js';
import { sampleBugs } from '../../../../test/support/sample-bugs.js';

let api: TestApi;
const program = realProgram();

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(async () => {
  await api.close();
});

describe('the front page', () => {
  it('says so when there is nothing yet', async () => {
    const { text } = await api.http
      .get('/')
      .expect(200)
      .expect('content-type', /text\/html/);
    expect(text).toContain('No failing schedule has been found');
    await api.http
      .get('/style.css')
      .expect(200)
      .expect('content-type', /text\/css/);
  });

  it('draws each reproduction, and so does the API as text', async () => {
    const run = replay(program, { strategy: 'rw/1', seed: 3 });
    const schedule = run.ok ? run.trace.schedule : '';
    await api.http.post('/api/v1/programs').send(program).expect(201);
    await sampleBugs(api.database, 'nbd', { program: programDigest(program), schedule });
    const { text } = await api.http.get('/').expect(200);
    expect(text).toContain('deadlock between a and b');
    expect(text).toContain('<pre class="interleaving">');
    expect(text).toContain(formatToken({ program: programDigest(program), schedule }));
    const bugs = bugPageSchema.parse((await api.http.get('/api/v1/bugs')).body);
    const id = bugs.items.flatMap(({ reproduction }) => reproduction?.id ?? [])[0] ?? 0;
    const drawn = await api.http
      .get(`/api/v1/reproductions/${id}/text`)
      .expect(200)
      .expect('content-type', /text\/plain/);
    expect(drawn.text).toContain('minimum (proved), cost 0/1/1/12');
    expect(drawn.text).toContain('npx --no lastref replay lr2.');
  });

  it('stands although a reproduction cannot be drawn', async () => {
    await sampleBugs(api.database, 'broken');
    const { text } = await api.http.get('/').expect(200);
    expect(text).toContain('It cannot be drawn');
    expect(text).toContain('<pre class="interleaving">');
  });
});
