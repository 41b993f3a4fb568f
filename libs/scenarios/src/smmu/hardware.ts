/**
 * The port's DMA engine, where a case asks for the checks of hardware: it fetches what the doorbell announced through
 * the SMMU. Sent past an SMMU that was turned off, an IOVA is taken for a physical address: memory is corrupted
 * somewhere, and nothing in the kernel says so.
 */
import { fn, type FunctionBuilder } from '@lastref/authoring';
import { ENETC_C, eth0 } from './objects.js';

const fetch_tx_bd = fn('fetch_tx_bd', ENETC_C, (f) => {
  const ndev = f.load(eth0);
  const dev = f.load(ndev.dev);
  const smmu = f.load(dev.of_iommu);
  if (f.param('kexec') === 1)
    f.unless(f.test_bit(dev.bus_master), () => {
      f.return();
    });
  f.check('DMA goes through the SMMU', smmu.clientpd, '==', 0);
  if (f.param('disable-bypass') === 0) f.check('the stream is known', dev.s2cr, '==', 1);
  f.milestone('interrupt');
  f.clear_bit(ndev.doorbell);
});

export const dma_engine = (f: FunctionBuilder): void => {
  f.call(fetch_tx_bd);
};
