/**
 * smmu's rows by exhaustive search: proved verdicts, exact minima, and what the numbers of states may grow to. And that
 * what a case can set does what it says, each by itself.
 */
import { compile, type CaseSpec, type Scenario, type SizedCase } from '@lastref/authoring';
import { prove } from '@lastref/exploration';
import { compileAddress, SCENARIOS } from '@lastref/scenarios';
import { shrink } from '@lastref/shrinking';

const NULL = 'null-deref@iommu_get_dma_domain(iommu_group.default_domain)';
const GROUP = 'use-after-free@iommu_get_dma_domain(iommu_group freed by iommu_group_release)';
const domain = (user: string): string =>
  `use-after-free@${user}(iommu_domain freed by iommu_domain_free)`;
const MAP = domain('iommu_dma_map_page');
const UNMAP = domain('iommu_dma_unmap_page');
const LEFT_MAPPED = 'leak@iommu_dma_map_page(io_tlb_slot)';
const NOT_RELEASED = 'leak@given(arm_smmu_master_cfg)';
const ALL = [NULL, MAP, UNMAP, GROUP];
const CLOCKS = 'invariant@arm_smmu_tlb_sync_context(the SMMU has its clocks)';
const PAST_SMMU = 'invariant@fetch_tx_bd(DMA goes through the SMMU)';
const UNKNOWN_STREAM = 'invariant@fetch_tx_bd(the stream is known)';

describe.each([
  ['disable-only-shutdown/main', [], 1_500],
  ['remove-on-shutdown-unlist-only/main', [], 1_700],
  ['buggy/main', ALL, 4_100],
  ['buggy/map-after-release', [NULL, MAP, GROUP], 1_100],
  ['buggy/unmap-in-softirq', [NULL, UNMAP, GROUP], 1_100],
  ['buggy/no-traffic-after-release', [], 2_800],
  ['buggy/network-down-first', [], 1_700],
  ['buggy/shared-group', ALL, 6_600],
  ['buggy/smmu-not-woken', [NOT_RELEASED, ...ALL], 3_400],
  ['buggy/map-fails', ALL, 4_300],
  ['fixed/main', [], 1_500],
  ['fixed/map', [], 400],
  ['fixed/unmap-later', [], 400],
  ['fixed/other-driver', [], 300],
  ['fixed/shared-group', [], 2_000],
  ['fixed/map-fails', [], 1_600],
  ['fixed/rmmod', [], 150],
  ['fixed/hardware', [CLOCKS, PAST_SMMU], 2_000],
  ['fixed/hardware-with-runtime-pm', [PAST_SMMU], 1_900],
  ['smmuv3-buggy/main', ALL, 3_800],
  ['smmuv3-fixed/main', [], 1_400],
  ['every-driver-shutdown/main', [], 2_200],
  ['every-driver-shutdown/other-driver', [NULL, MAP, GROUP], 1_100],
  ['rcu-protected-group/map', [], 1_250],
  ['rcu-protected-group/unmap-later', [LEFT_MAPPED], 1_300],
  ['null-check-only/main', [LEFT_MAPPED, MAP, UNMAP, GROUP], 4_500],
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

describe('parameters', () => {
  const failuresWith = (variant: string, params: NonNullable<CaseSpec['params']>): string[] => {
    const smmu = SCENARIOS.find(({ name }) => name === 'smmu') as Scenario;
    const spec = smmu.variants[variant];
    const main = spec?.cases['main'] as SizedCase;
    const variants = { one: { ...spec, title: variant, switches: spec?.switches ?? [] } };
    const one = { ...variants.one, cases: { main: { ...main, params } } };
    const result = prove(compile({ ...smmu, variants: { one } }, 'smmu/one'));
    expect(result.complete).toBe(true);
    return [...result.failures];
  };

  it.each([
    [{ packets: 3 }],
    [{ ping: 1 }],
    [{ 'rx-refill': 1 }],
    [{ 'shared-group': 1 }],
    [{ 'smmu-first': 1 }],
    [{ smmus: 2 }],
    [{ kexec: 1 }],
    [{ 'runtime-pm': 1 }],
    [{ 'disable-bypass': 0 }],
  ])('%j changes nothing of the bug and its fix', (params) => {
    expect(failuresWith('buggy', params)).toEqual(ALL);
    expect(failuresWith('fixed', params)).toEqual([]);
  });

  it('a network that is down first keeps the bug away', () => {
    expect(failuresWith('buggy', { forced: 0 })).toEqual([]);
  });

  it('an SMMU that lets unknown streams pass passes what is sent after the release', () => {
    const blocks = failuresWith('buggy', { hardware: 1 });
    expect(blocks).toContain(PAST_SMMU);
    expect(blocks).not.toContain(UNKNOWN_STREAM);
    expect(failuresWith('buggy', { hardware: 1, 'disable-bypass': 0 })).toContain(UNKNOWN_STREAM);
  });

  it('taking bus mastering from the port does not stop the fetch that is under way', () => {
    const found = failuresWith('fixed', { hardware: 1, 'runtime-pm': 1, kexec: 1 });
    expect(found).toEqual([PAST_SMMU]);
  });
});
