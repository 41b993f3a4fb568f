/**
 * A host has the bugs of what it is composed of, each with the signature and the minimum that it has in its own scenario.
 * Leaks and hangs are left out: their runs go on to the end of everything else, which costs switches.
 */
import { costText, Sampler } from '@lastref/exploration';
import { isReport, kindOf } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { compared, reproduced } from './shrink/support.js';

const SEEDS = 3_000;
/** Nodes of the exact search behind the passes: the larger a host, the more lie below its failures. */
const NODES = { small: 5_000, medium: 5_000, large: 50_000 };
const SIZES = ['small', 'medium', 'large'] as const;

/** One bug of each system. */
const BUGS: readonly (readonly [own: string, signature: string])[] = [
  ['nbd/buggy/main', 'deadlock@del_gendisk(gendisk.open_mutex)+nbd_open(nbd_index_mutex)'],
  ['mlx5/buggy/main', 'use-after-free@dma_pool_alloc(dma_pool freed by dma_pool_destroy)'],
  ['smmu/buggy/main', 'null-deref@iommu_get_dma_domain(iommu_group.default_domain)'],
  ['nvmem/buggy/main', 'use-after-free@at24_read(at24_data freed by devm_kzalloc_release)'],
  [
    'devmem/buggy/main',
    'use-after-free@netdev_nl_sock_priv_destroy(net_device freed by free_netdev)',
  ],
];

const sampled = (address: string) => {
  const sampler = new Sampler(compileAddress(address), 'rw/1');
  sampler.run(0, SEEDS);
  return sampler.totals().signatures.filter(({ signature }) => !isReport(kindOf(signature)));
};
/** What is compared: a host's tasks may take more steps to the same place. */
const withoutSteps = (text: string): string => text.split('/').slice(0, 3).join('/');

describe.each(SIZES)('%s', (size) => {
  const address = `whole-host/buggy/${size}`;
  const found = sampled(address);

  it('shows bugs of every system under their own signatures', () => {
    expect(found.map(({ signature }) => signature)).toEqual(
      expect.arrayContaining(BUGS.map(([, signature]) => signature)),
    );
  });

  it('with every fix, shows none', () => {
    expect(sampled(`whole-host/fixed/${size}`)).toEqual([]);
  });

  it.each(BUGS)('%s: %s costs in a host what it costs there', (alone, signature) => {
    const own = reproduced(compileAddress(alone), signature);
    const seed = found.find((entry) => entry.signature === signature)?.lowestSeeds[0];
    const start = { strategy: 'rw/1', seed: seed ?? -1 };
    const here = reproduced(compileAddress(address), signature, { start, maxNodes: NODES[size] });
    expect(withoutSteps(costText(here.cost))).toBe(withoutSteps(costText(own.cost)));
    expect(compared(here.cost, own.cost)).toBeGreaterThanOrEqual(0);
  });
});
