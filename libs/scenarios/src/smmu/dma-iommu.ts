/**
 * The DMA API behind an IOMMU (kernel/dma/mapping.c, drivers/iommu/dma-iommu.c): each map and unmap asks the device for
 * its group and the group for its domain, two loads that nothing keeps together. IOVAs come from per-CPU caches and the
 * page table is lockless, so the domain has no lock here.
 */
import { fn, primitive, type FunctionBuilder, type Ref } from '@lastref/authoring';
import {
  ARM_SMMU_C,
  DMA_IOMMU_C,
  IOMMU_C,
  IommuDomain,
  IoTlbSlot,
  MAPPING_C,
  SWIOTLB_C,
  type Device,
} from './objects.js';

/** The fault point of a map: out of IOVAs, or of bounce slots. */
export const MAP_FAULT = 'iommu_dma_map_page';

type Dev = Ref<typeof Device>;
type Domain = Ref<typeof IommuDomain>;
type Slot = Ref<typeof IoTlbSlot>;

/** A device may be in no group. */
const may_be_null = (f: FunctionBuilder): boolean => f.is('null-check') || f.is('rcu-group');

/** dev->iommu_group->default_domain. */
const iommu_get_dma_domain = fn.ptr(IommuDomain, 'iommu_get_dma_domain', IOMMU_C, (f, dev: Dev) => {
  f.milestone('group-loaded');
  const group = f.is('rcu-group') ? f.rcu_dereference(dev.iommu_group) : f.load(dev.iommu_group);
  if (may_be_null(f))
    f.if(f.is_null(group), () => {
      f.return(null);
    });
  f.return(f.load(group.default_domain));
});

/** Group and domain live to the end of it where RCU protects them. */
function with_dma_domain(
  f: FunctionBuilder,
  dev: Dev,
  use: (domain: Ref<typeof IommuDomain>) => void,
): void {
  if (f.is('rcu-group')) f.rcu_read_lock();
  const domain = f.call(iommu_get_dma_domain, dev);
  if (may_be_null(f))
    f.if(domain, () => {
      use(domain);
    });
  else use(domain);
  if (f.is('rcu-group')) f.rcu_read_unlock();
}

const swiotlb_tbl_map_single = primitive.ptr(
  IoTlbSlot,
  'swiotlb_tbl_map_single',
  SWIOTLB_C,
  (f) => {
    f.return(f.kzalloc(IoTlbSlot, MAP_FAULT));
  },
);
const swiotlb_tbl_unmap_single = primitive(
  'swiotlb_tbl_unmap_single',
  SWIOTLB_C,
  (f, dma: Slot) => {
    f.kfree(dma);
  },
);

const iommu_dma_alloc_iova = primitive('iommu_dma_alloc_iova', DMA_IOMMU_C, (f, domain: Domain) => {
  f.ignore(f.test_bit(domain.iova_cookie));
});
const iommu_map = primitive('iommu_map', IOMMU_C, (f, domain: Domain) => {
  f.ignore(f.test_bit(domain.pgtbl_ops));
});
const iommu_iova_to_phys = primitive('iommu_iova_to_phys', IOMMU_C, (f, domain: Domain) => {
  f.ignore(f.test_bit(domain.pgtbl_ops));
});
const __iommu_dma_unmap = primitive('__iommu_dma_unmap', DMA_IOMMU_C, (f, domain: Domain) => {
  f.ignore(f.test_bit(domain.pgtbl_ops));
  f.ignore(f.test_bit(domain.iova_cookie));
});

/** Writes registers of the SMMU. With runtime PM it is not woken once it was forced to suspend, and nothing is written. */
const arm_smmu_tlb_sync_context = fn('arm_smmu_tlb_sync_context', ARM_SMMU_C, (f, dev: Dev) => {
  const smmu = f.load(dev.of_iommu);
  if (f.param('runtime-pm') === 0) f.check('the SMMU has its clocks', smmu.clks, '==', 1);
});

/** NULL is DMA_MAPPING_ERROR. */
const iommu_dma_map_page = fn.ptr(IoTlbSlot, 'iommu_dma_map_page', DMA_IOMMU_C, (f, dev: Dev) => {
  const dma = f.pointer('dma', IoTlbSlot);
  with_dma_domain(f, dev, (domain) => {
    f.call(iommu_dma_alloc_iova, domain);
    f.set(dma, f.call(swiotlb_tbl_map_single));
    f.if(dma, () => {
      f.call(iommu_map, domain);
    });
  });
  f.return(dma);
});

/** Without a domain there is nothing to take the mapping from: it stays. */
const iommu_dma_unmap_page = fn('iommu_dma_unmap_page', DMA_IOMMU_C, (f, dev: Dev, dma: Slot) => {
  with_dma_domain(f, dev, (domain) => {
    f.call(iommu_iova_to_phys, domain);
    f.call(__iommu_dma_unmap, domain);
    if (f.param('hardware') === 1) f.call(arm_smmu_tlb_sync_context, dev);
    f.call(swiotlb_tbl_unmap_single, dma);
  });
});

export const dma_map_page_attrs = fn.ptr(
  IoTlbSlot,
  'dma_map_page_attrs',
  MAPPING_C,
  (f, dev: Dev) => {
    f.return(f.call(iommu_dma_map_page, dev));
  },
);
export const dma_unmap_page_attrs = fn(
  'dma_unmap_page_attrs',
  MAPPING_C,
  (f, dev: Dev, dma: Slot) => {
    f.call(iommu_dma_unmap_page, dev, dma);
  },
);
