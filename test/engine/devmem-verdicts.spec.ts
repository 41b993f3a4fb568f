/** devmem's rows by exhaustive search: proved verdicts, exact minima, and what the numbers of states may grow to. */
import { prove } from '@lastref/exploration';
import { compileAddress } from '@lastref/scenarios';
import { shrink } from '@lastref/shrinking';

const BINDING = 'net_devmem_dmabuf_binding freed by __net_devmem_dmabuf_binding_free';
const DEVICE = 'net_device freed by free_netdev';
const CLOSE = `use-after-free@netdev_nl_sock_priv_destroy(${DEVICE})`;
const CLOSE_BINDING = `use-after-free@netdev_nl_sock_priv_destroy(${BINDING})`;
const BIND = `use-after-free@netdev_nl_bind_rx_doit(${BINDING})`;
const UNBIND = `use-after-free@net_devmem_unbind_dmabuf(${BINDING})`;
const UNINSTALL = `use-after-free@mp_dmabuf_devmem_uninstall(${BINDING})`;
const HELD = `held-lock-freed@free_netdev(${DEVICE})`;
const POISON = 'list-corruption@netdev_nl_sock_priv_destroy(net_devmem_dmabuf_binding.list)';
const HUNG = 'hung-task@netdev_run_todo(net_device.unreferenced)';
const deadlock = (lock: string): string =>
  `deadlock@mp_dmabuf_devmem_uninstall(${lock})+netdev_nl_sock_priv_destroy(net_device.lock)`;
const ACROSS = deadlock('net_devmem_dmabuf_binding.lock');
const HALF = deadlock('netdev_nl_sock.lock');

describe.each([
  ['rtnl-era/main', [], [], 3_500],
  ['reread-dev-after-unbind/main', [HELD, CLOSE, CLOSE_BINDING], [], 2_600],
  ['buggy/main', [CLOSE], [], 200],
  ['buggy/order-close-down-uninstall', [], [], 110],
  ['buggy/order-down-close-uninstall', [], [], 100],
  ['buggy/order-down-uninstall-close', [CLOSE], [], 100],
  ['buggy/overlap-on-device-lock', [HELD, CLOSE], [], 850],
  ['fixed/main', [], [], 8_500],
  ['fixed/two-step-unlock', [UNINSTALL], [], 10_500],
  ['fixed/reply-fails', [], [], 5_000],
  ['flag-only/main', [HELD, CLOSE], [], 7_800],
  ['lock-without-hold/main', [HELD, CLOSE], [], 9_000],
  ['lock-held-across/main', [ACROSS], ['lock-order'], 7_100],
  ['patch-v1/no-overlap', [], [], 320],
  ['patch-v1/main', [HELD, POISON, UNBIND, CLOSE, CLOSE_BINDING], [], 4_600],
  ['patch-v2/main', [], [], 8_000],
  ['patch-v2-half-applied/main', [HALF], ['lock-order'], 5_000],
  ['patch-v3/reply-fails', [BIND, CLOSE_BINDING], [], 3_500],
  ['hold-never-put/main', [HUNG], [], 7_300],
])('devmem/%s', (address, failures, reports, mostStates) => {
  it('has the verdict of the sheet, proved, reaching what it must', () => {
    const result = prove(compileAddress(`devmem/${address}`));
    expect(result).toMatchObject({ complete: true, failures, idleTasks: [] });
    expect(result.reports.map((report) => report.split('@')[0])).toEqual(reports);
    expect(failures.length > 0 ? [] : result.missed).toEqual([]);
    expect(result.states).toBeLessThanOrEqual(mostStates);
    expect(result.bytesPerState).toBeLessThanOrEqual(64);
  });
});

it('devmem/buggy/order-uninstall-before-down has no end: a running device is closed before it is uninstalled', () => {
  const { complete, failures, ends } = prove(
    compileAddress('devmem/buggy/order-uninstall-before-down'),
  );
  expect({ complete, failures, clean: ends.clean }).toEqual({
    complete: true,
    failures: [],
    clean: 0,
  });
  expect(ends.outside).toBeGreaterThan(0);
});

describe('canonical reproductions', () => {
  it.each([
    ['buggy/main', CLOSE, '0/0/1'],
    ['buggy/order-down-uninstall-close', CLOSE, '0/0/1'],
    ['buggy/overlap-on-device-lock', HELD, '0/2/2'],
    ['flag-only/main', CLOSE, '0/1/2'],
    ['lock-without-hold/main', CLOSE, '0/1/2'],
    ['lock-held-across/main', ACROSS, '0/1/1'],
    ['patch-v1/main', UNBIND, '0/2/2'],
    ['fixed/two-step-unlock', UNINSTALL, '0/1/2'],
    ['patch-v3/reply-fails', BIND, '1/0/0'],
    ['hold-never-put/main', HUNG, '0/0/2'],
  ])('devmem/%s %s costs %s', (address, signature, cost) => {
    const result = shrink(compileAddress(`devmem/${address}`), signature);
    if (!result.ok) throw new Error(result.message);
    const { events, preemptions, switches } = result.reproduction.cost;
    expect(result.reproduction.grade).toBe('minimum (proved)');
    expect(`${events}/${preemptions}/${switches}`).toBe(cost);
  });

  it('unloads the driver before the socket is closed, as the report says', () => {
    const result = shrink(compileAddress('devmem/buggy/main'), CLOSE);
    if (!result.ok) throw new Error(result.message);
    expect(result.reproduction.schedule).toMatch(/^2+0+$/);
  });
});
