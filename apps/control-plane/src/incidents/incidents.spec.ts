import { incidentPageSchema } from '@lastref/contracts';
import { openIncident } from '@lastref/storage';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';

const PATH = '/api/v1/incidents';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(async () => {
  await api.close();
});

const open = async (subject: string): Promise<number> =>
  (await openIncident(api.database, { kind: 'canary-late', subject, detail: 'by 06:00' })) ?? 0;

describe('incidents', () => {
  it('are listed in pages, newest first, by state, and shown on the front page', async () => {
    const ids = [await open('tick 1'), await open('tick 2'), await open('tick 3')];
    const first = incidentPageSchema.parse((await api.http.get(`${PATH}?limit=2`)).body);
    const rest = incidentPageSchema.parse(
      (await api.http.get(PATH).query({ limit: '2', after: first.next ?? '' })).body,
    );
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual([...ids].reverse());
    expect(rest.next).toBeNull();
    expect((await api.http.get('/')).text).toContain(`Incident ${ids[2]} is open`);
    const closed = await api.http.get(PATH).query({ state: 'closed' });
    expect(closed.body).toEqual({ items: [], next: null });
  });

  it('are closed once, with a reason that is kept', async () => {
    const id = await open('tick 4');
    const reason = 'the host was down';
    const closed = await api.http.post(`${PATH}/${id}/close`).send({ reason }).expect(200);
    expect(closed.body).toMatchObject({ id, state: 'closed', closeReason: reason });
    expect((await api.http.get(`${PATH}/${id}`)).body).toEqual(closed.body);
    const again = await api.http.post(`${PATH}/${id}/close`).send({ reason: 'other' });
    expect([again.status, again.body]).toMatchObject([409, { slug: 'incident-closed' }]);
    expect((await api.http.get('/')).text).not.toContain(`Incident ${id} is open`);
  });

  it.each([{}, { reason: '' }, { reason: ' ' }, { reason: 'a\nb' }, { reason: 'x'.repeat(501) }])(
    'are not closed without a reason to keep: %j',
    async (body) => {
      const id = await open(`tick of ${JSON.stringify(body).length}`);
      const refused = await api.http.post(`${PATH}/${id}/close`).send(body);
      expect([refused.status, refused.body]).toMatchObject([422, { slug: 'invalid-body' }]);
      expect((await api.http.get(`${PATH}/${id}`)).body).toMatchObject({ state: 'open' });
    },
  );

  it('that are unknown answer 404', async () => {
    const close = await api.http.post(`${PATH}/999999/close`).send({ reason: 'x' });
    for (const response of [await api.http.get(`${PATH}/999999`), close]) {
      expect([response.status, response.body]).toMatchObject([404, { slug: 'not-found' }]);
    }
  });
});
