/** `lastref orders`: the table of orders, as text and as JSON, and what it refuses. */
import { lastref, lastrefJson } from '../in-process.fixture.js';

const PANIC = 'use-after-free@netdev_nl_sock_priv_destroy(net_device freed by free_netdev)';

it('prints the table of the report: three orders, one of them fails', async () => {
  const { exit, out } = await lastref(['orders', 'devmem']);
  expect(exit).toBe(0);
  const lines = out.split('\n').map((line) => line.trim().replace(/ +/g, ' '));
  expect(lines.slice(0, 10)).toEqual([
    'devmem/buggy/main: orders of its milestones; proved: every schedule was searched',
    'close pool-destroyed uninstalled result',
    '1 2 3 clean',
    '1 3 2 never',
    '2 1 3 clean',
    `3 1 2 ${PANIC}`,
    '2 3 1 never',
    '3 2 1 never',
    '',
    'of 6 orders 3 occur, 3 never; of those that occur 1 can fail',
  ]);
  expect(lines[11]).toBe('expected all:use-after-free@netdev_nl_sock_priv_destroy: held');
});

it('answers the same as JSON', async () => {
  const { exit, json } = await lastrefJson(['orders', 'devmem/buggy/main']);
  expect(exit).toBe(0);
  expect(json).toMatchObject({
    address: 'devmem/buggy/main',
    milestones: ['close', 'pool-destroyed', 'uninstalled'],
    proved: true,
    early: { clean: false, failures: [] },
    expectation: { held: true },
  });
  const { orders } = json as { orders: { order: string[]; occurs: boolean; failures: string[] }[] };
  expect(orders.filter(({ occurs }) => occurs)).toHaveLength(3);
  expect(orders.filter(({ failures }) => failures.length > 0)).toEqual([
    {
      order: ['pool-destroyed', 'uninstalled', 'close'],
      occurs: true,
      clean: false,
      failures: [PANIC],
    },
  ]);
});

it('asks some of the milestones, and lists several failures below their order', async () => {
  const words = ['orders', 'devmem/flag-only', '--milestones', 'uninstalled,close'];
  const { exit, out } = await lastref(words);
  expect(exit).toBe(0);
  const lines = out.split('\n').map((line) => line.trim().replace(/ +/g, ' '));
  expect(lines.slice(1, 5)).toEqual([
    'uninstalled close result',
    '1 2 clean, or fails:',
    'held-lock-freed@free_netdev(net_device freed by free_netdev)',
    PANIC,
  ]);
});

it('past its budget no order is never', async () => {
  const { exit, out } = await lastref(['orders', 'devmem/fixed', '--max-states', '500']);
  expect(exit).toBe(1);
  expect(out).toContain('orders of its milestones; not proved');
  expect(out).toContain('not met');
  expect(out).not.toContain('never');
  expect(out).toContain('raise --max-states');
});

it('of a scenario alone it takes the first case that has orders', async () => {
  const { out } = await lastref(['orders', 'smmu', '--max-states', '100']);
  expect(out).toMatch(/^smmu\/buggy\//);
});

it.each([
  [['orders', 'devmem/buggy', '--milestones', 'close,open'], "no milestone 'open'"],
  [['orders', 'nbd/buggy'], 'the case names no milestones'],
  [['orders', 'devmen'], "no scenario 'devmen'"],
])('%j is wrong use', async (words, message) => {
  const { exit, err } = await lastref(words);
  expect(exit).toBe(2);
  expect(err).toContain(message);
});
