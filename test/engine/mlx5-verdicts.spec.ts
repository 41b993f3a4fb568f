/** mlx5's rows by exhaustive search: proved verdicts, exact minima, and what the numbers of states may grow to. */
import { prove } from '@lastref/exploration';
import { compileAddress } from '@lastref/scenarios';
import { shrink } from '@lastref/shrinking';

const BUSY = 'busy-pool@dma_pool_destroy(mlx5_cmd)';
const HELD = 'held-lock-freed@dma_pool_destroy(dma_pool freed by dma_pool_destroy)';
const POOL = 'use-after-free@dma_pool_alloc(dma_pool freed by dma_pool_destroy)';
const WQ = 'use-after-free@mlx5_cmd_invoke(cmd_wq freed by mlx5_cmd_cleanup)';
const PAGES = ['dma_coherent', 'dma_page'].map(
  (type) => `use-after-free@dma_pool_alloc(${type} freed by pool_free_page)`,
);
const FREED_POOL = [BUSY, HELD, ...PAGES, POOL, WQ];
const NULLS = ['dma_coherent.next_block', 'dma_page.in_use', 'dma_pool.page_list'].map(
  (place) => `null-deref@dma_pool_alloc(${place})`,
);
const DEADLOCK = 'deadlock@netdev_unregister_kobject(kn->active)+speed_show(rtnl_mutex)';
const LOCK_ORDER = 'lock-order@kn->active+rtnl_mutex';
const DRAINING = 'warning@mlx5_cmd_invoke(cmd_wq is draining)';
const REOPEN = 'invariant@netif_device_attach(IFF_UP implies netif_running)';

describe.each([
  ['buggy/main', FREED_POOL, [DRAINING], 70_000],
  ['buggy/between-detach-and-destroy', [POOL], [], 250],
  ['buggy/slab-reused', [BUSY, HELD, ...NULLS, WQ], [DRAINING], 1_400],
  ['buggy/page-in-use', [BUSY, HELD], [], 700],
  ['buggy/reattach', [], [], 70],
  ['ib-active-false/main', FREED_POOL, [DRAINING], 70_000],
  ['clear-start-in-detach/main', [], [], 45_000],
  ['clear-start-in-detach/reattach', [REOPEN], [], 70],
  ['present-in-speed-show/main', [], [], 45_000],
  ['present-in-speed-show/duplex', FREED_POOL, [DRAINING], 2_400],
  ['present-in-driver-get-link/main', [], [], 45_000],
  ['present-in-driver-get-link/other-ethtool-op', FREED_POOL, [DRAINING], 1_300],
  ['fixed/main', [], [], 45_000],
  ['fixed/duplex', [], [], 1_000],
  ['fixed/unregister', [], [], 250],
  ['bare-interface-state-test/main', [], [], 47_000],
  ['bare-cmd-state-test/main', FREED_POOL, [DRAINING], 80_000],
  ['present-without-rtnl/main', FREED_POOL, [DRAINING], 85_000],
  ['rtnl-lock-in-show/main', [DEADLOCK], [LOCK_ORDER], 230],
  ['fast-teardown/main', [], [], 32_000],
  ['remove-instead-of-shutdown/main', [], [], 26_000],
])('mlx5/%s', (address, failures, reports, mostStates) => {
  it('has the verdict of the sheet, proved, reaching what it must', () => {
    const result = prove(compileAddress(`mlx5/${address}`));
    expect(result).toMatchObject({ complete: true, failures, reports, missed: [], idleTasks: [] });
    expect(result.states).toBeLessThanOrEqual(mostStates);
    expect(result.bytesPerState).toBeLessThanOrEqual(64);
  });
});

describe('canonical reproductions', () => {
  it.each([
    ['buggy/main', POOL, '0/0/1/75'],
    ['buggy/between-detach-and-destroy', POOL, '0/2/3/43'],
    ['buggy/slab-reused', 'null-deref@dma_pool_alloc(dma_page.in_use)', '0/0/1/45'],
    ['ib-active-false/main', POOL, '0/0/1/77'],
    ['present-in-speed-show/duplex', POOL, '0/0/1/43'],
    ['bare-cmd-state-test/main', POOL, '0/2/3/51'],
    ['rtnl-lock-in-show/main', DEADLOCK, '0/1/1/12'],
  ])('mlx5/%s %s costs %s', (address, signature, cost) => {
    const result = shrink(compileAddress(`mlx5/${address}`), signature);
    if (!result.ok) throw new Error(result.message);
    const { events, preemptions, switches, steps } = result.reproduction.cost;
    expect(result.reproduction.grade).toBe('minimum (proved)');
    expect(`${events}/${preemptions}/${switches}/${steps}`).toBe(cost);
  });

  it('runs the whole reboot before the reader starts', () => {
    const result = shrink(compileAddress('mlx5/buggy/main'), POOL);
    if (!result.ok) throw new Error(result.message);
    expect(result.reproduction.schedule).toMatch(/^0+1+$/);
  });
});
