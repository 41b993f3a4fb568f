/** smmu's rows by exhaustive search: proved verdicts, exact minima, and what the numbers of states may grow to. */
import { prove } from '@lastref/exploration';
import { compileAddress } from '@lastref/scenarios';
import { shrink } from '@lastref/shrinking';

const NULL = 'null-deref@iommu_get_dma_domain(iommu_group.default_domain)';
const GROUP = 'use-after-free@iommu_get_dma_domain(iommu_group freed by iommu_group_release)';
const domain = (user: string): string =>
  `use-after-free@${user}(iommu_domain freed by iommu_domain_free)`;
const MAP = domain('iommu_dma_map_page');
const UNMAP = domain('iommu_dma_unmap_page');
const LEFT_MAPPED = 'leak@iommu_dma_map_page(io_tlb_slot)';
const ALL = [NULL, MAP, UNMAP, GROUP];

describe.each([
  ['disable-only-shutdown/main', [], 2_000],
  ['remove-on-shutdown-unlist-only/main', [], 2_200],
  ['buggy/main', ALL, 5_000],
  ['buggy/map-after-release', [NULL, MAP, GROUP], 1_000],
  ['buggy/unmap-in-softirq', [NULL, UNMAP, GROUP], 1_200],
  ['buggy/no-traffic-after-release', [], 3_400],
  ['fixed/main', [], 2_000],
  ['fixed/unmap-later', [], 500],
  ['fixed/other-driver', [], 300],
  ['smmuv3-buggy/main', ALL, 5_000],
  ['smmuv3-fixed/main', [], 2_000],
  ['every-driver-shutdown/main', [], 3_000],
  ['every-driver-shutdown/other-driver', [NULL, MAP, GROUP], 1_000],
  ['null-check-only/main', [LEFT_MAPPED, MAP, UNMAP, GROUP], 5_500],
])('smmu/%s', (address, failures, mostStates) => {
  it('has the verdict of the sheet, proved, reaching what it must', () => {
    const result = prove(compileAddress(`smmu/${address}`));
    expect(result).toMatchObject({
      complete: true,
      failures,
      reports: [],
      missed: [],
      idleTasks: [],
    });
    expect(result.states).toBeLessThanOrEqual(mostStates);
    expect(result.bytesPerState).toBeLessThanOrEqual(64);
  });
});

describe('canonical reproductions', () => {
  it.each([
    ['buggy/map-after-release', NULL, '0/0/1'],
    ['buggy/map-after-release', GROUP, '0/1/2'],
    ['buggy/map-after-release', MAP, '0/1/2'],
    ['buggy/unmap-in-softirq', NULL, '0/0/1'],
    ['buggy/unmap-in-softirq', GROUP, '0/1/2'],
    ['buggy/unmap-in-softirq', UNMAP, '0/1/2'],
    ['every-driver-shutdown/other-driver', NULL, '0/0/1'],
    ['null-check-only/main', GROUP, '0/1/2'],
  ])('smmu/%s %s costs %s', (address, signature, cost) => {
    const result = shrink(compileAddress(`smmu/${address}`), signature);
    if (!result.ok) throw new Error(result.message);
    const { events, preemptions, switches } = result.reproduction.cost;
    expect(result.reproduction.grade).toBe('minimum (proved)');
    expect(`${events}/${preemptions}/${switches}`).toBe(cost);
  });
});
