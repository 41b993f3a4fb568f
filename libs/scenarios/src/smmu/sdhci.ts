/** A request to the SD card (sdhci.c): another driver that maps through the SMMU and has no shutdown. */
import { fn, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { dma_map_page_attrs } from './dma-iommu.js';
import { mmc0, SDHCI_C, type MmcHost } from './objects.js';

/** The request fails with -ENOSPC where it cannot be mapped. */
const sdhci_pre_dma_transfer = fn(
  'sdhci_pre_dma_transfer',
  SDHCI_C,
  (f, host: Ref<typeof MmcHost>) => {
    const dma = f.call(dma_map_page_attrs, f.load(host.dev));
    f.milestone('request-mapped');
    f.store(host.dma, dma);
  },
);

const sdhci_prepare_data = fn('sdhci_prepare_data', SDHCI_C, (f, host: Ref<typeof MmcHost>) => {
  f.call(sdhci_pre_dma_transfer, host);
});

export const sdhci_request = (f: FunctionBuilder): void => {
  f.call(sdhci_prepare_data, f.load(mmc0));
};
