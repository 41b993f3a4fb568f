/** Exports of a reproduction by HTTP: each format as the media type it is, and what is refused. */
import { reproductionPageSchema } from '@lastref/contracts';
import { EXPORT_FORMATS } from '@lastref/reporting';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { livelockedRun, storeReal } from '../../../../test/support/real-program.js';
import { sampleBugs } from '../../../../test/support/sample-bugs.js';

let api: TestApi;
let url: string;

beforeAll(async () => {
  api = await startTestApi();
  const { program: real, schedule } = livelockedRun();
  const program = await storeReal(api.database, real);
  await sampleBugs(api.database, real.scenario, { program, schedule });
  const page = await api.http.get('/api/v1/reproductions').expect(200);
  const [reproduction] = reproductionPageSchema.parse(page.body).items;
  url = `/api/v1/reproductions/${reproduction?.id ?? 0}/exports`;
});

afterAll(async () => {
  await api.close();
});

it.each(EXPORT_FORMATS.map(({ name, mediaType, extension }) => ({ name, mediaType, extension })))(
  'answers $name as $mediaType',
  async ({ name, mediaType, extension }) => {
    const response = await api.http.get(`${url}/${name}`).expect(200);
    const headers = new Headers(response.headers);
    expect(headers.get('content-type')).toBe(mediaType);
    expect(headers.get('content-disposition')).toContain(extension);
    const told = Buffer.isBuffer(response.body) ? response.body.toString() : response.text;
    expect(told).toMatch(/\n$/);
  },
);

it('answers text as wide as asked', async () => {
  const { text } = await api.http.get(`${url}/text?width=60`).expect(200);
  const lines = text.trimEnd().split('\n').slice(0, -1);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
});

it('names the nearest format to one that there is not', async () => {
  const response = await api.http.get(`${url}/markdwn`).expect(404);
  expect(response.body).toMatchObject({ errors: [{ pointer: '/format', nearest: 'markdown' }] });
});

it.each(['59', '201', 'x', ''])('refuses a width of %p', async (width) => {
  const response = await api.http.get(`${url}/text?width=${width}`).expect(400);
  expect(response.body).toMatchObject({ slug: 'invalid-query' });
});

it('knows no export of a reproduction that there is not', async () => {
  await api.http.get('/api/v1/reproductions/4711/exports/text').expect(404);
});
