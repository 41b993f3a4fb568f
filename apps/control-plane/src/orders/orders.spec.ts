import { type Orders, ordersSchema, problemSchema } from '@lastref/contracts';
import { orders } from '@lastref/exploration';
import { programDigest } from '@lastref/kernel';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { orderedProgram, realProgram } from '../../../../test/support/real-program.js';

let api: TestApi;
const program = orderedProgram();
const digest = programDigest(program);

beforeAll(async () => {
  api = await startTestApi();
  for (const one of [program, realProgram()])
    await api.http.post('/api/v1/programs').send(one).expect(201);
});

afterAll(async () => {
  await api.close();
});

async function asked(body: object): Promise<Orders> {
  const response = await api.http.post('/api/v1/orders').send(body);
  expect([response.status, response.body]).toMatchObject([200, {}]);
  return ordersSchema.parse(response.body);
}

describe('orders', () => {
  it('are those that the engine finds anywhere, by address and by digest', async () => {
    const here = orders(program);
    if (!here.ok) throw new Error(here.message);
    const there = await asked({ address: 'devmem/buggy' });
    expect(there).toMatchObject({ program: digest, proved: true, states: here.states });
    expect(there.orders).toEqual(here.orders);
    expect(there.early).toEqual(here.early);
    expect(await asked({ digest })).toEqual(there);
  });

  it('are of the milestones that the request names', async () => {
    const { orders: rows } = await asked({ digest, milestones: ['uninstalled', 'pool-destroyed'] });
    expect(rows.map(({ order, occurs }) => [order.join(), occurs])).toEqual([
      ['uninstalled,pool-destroyed', false],
      ['pool-destroyed,uninstalled', true],
    ]);
  });

  it('past the budget are not proved', async () => {
    const { proved, orders: rows } = await asked({ digest, maxStates: 10 });
    expect(proved).toBe(false);
    expect(rows.some(({ occurs }) => occurs)).toBe(false);
  });

  it.each([
    [{}, 'invalid-body', ''],
    [{ digest, address: 'devmem/buggy' }, 'invalid-body', ''],
    [{ digest, milestones: ['close'] }, 'invalid-body', '/milestones'],
    [{ digest, maxStates: 50_001 }, 'invalid-body', '/maxStates'],
    [{ digest: '0'.repeat(64) }, 'unknown-program', '/digest'],
    [{ address: 'devmem/bugy' }, 'unknown-program', '/address'],
    [{ digest, milestones: ['close', 'open'] }, 'orders-refused', '/milestones'],
    [{ address: 'nbd/buggy' }, 'orders-refused', '/milestones'],
  ])('refuse %j as %s', async (body, slug, pointer) => {
    const response = await api.http.post('/api/v1/orders').send(body);
    const problem = problemSchema.parse(response.body);
    expect([response.status, problem.slug]).toEqual([422, slug]);
    expect(problem.errors?.[0]?.pointer).toBe(pointer);
  });
});
