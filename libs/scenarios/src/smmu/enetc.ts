/**
 * Traffic of an enetc port (enetc.c): packets are mapped when they are sent and unmapped when NAPI finds them
 * completed. The ring has one buffer; the hardware completes it at any time after the doorbell.
 */
import { fn, primitive, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { DEV_C } from '../kernel/files.js';
import { dma_map_page_attrs, dma_unmap_page_attrs } from './dma-iommu.js';
import {
  ENETC_C,
  eth0,
  ICMP_C,
  MCAST_C,
  SCH_GENERIC_C,
  SkBuff,
  SOFTIRQ_C,
  type Inet6Dev,
  type NetDevice,
} from './objects.js';

type Netdev = Ref<typeof NetDevice>;
type Skb = Ref<typeof SkBuff>;

/** A packet that cannot be mapped is dropped. */
const enetc_start_xmit = fn('enetc_start_xmit', ENETC_C, (f, ndev: Netdev, skb: Skb) => {
  const dma = f.call(dma_map_page_attrs, f.load(ndev.dev));
  f.if(f.is_null(dma), () => {
    f.milestone('dropped');
    f.kfree(skb);
    f.return();
  });
  f.store(ndev.skb, skb);
  f.store(ndev.dma, dma);
  f.milestone('sent');
  f.set_bit(ndev.doorbell);
});

/** HARD_TX_LOCK: bottom halves are off while the driver sends. What the ring has no room for is dropped. */
const sch_direct_xmit = fn('sch_direct_xmit', SCH_GENERIC_C, (f, ndev: Netdev, skb: Skb) => {
  f.spin_lock_bh(ndev._xmit_lock);
  f.if(
    f.or(f.test_bit(ndev.stopped), () => f.load(ndev.skb)),
    () => {
      f.spin_unlock_bh(ndev._xmit_lock);
      f.kfree(skb);
      f.return();
    },
  );
  f.call(enetc_start_xmit, ndev, skb);
  f.spin_unlock_bh(ndev._xmit_lock);
});

const __dev_queue_xmit = fn('__dev_queue_xmit', DEV_C, (f, ndev: Netdev) => {
  for (let packet = 0; packet < f.param('packets'); packet++)
    f.call(sch_direct_xmit, ndev, f.kzalloc(SkBuff));
});

/** kworker: the multicast reports that IPv6 sends by itself. */
export const mld_ifc_work = fn('mld_ifc_work', MCAST_C, (f, idev: Ref<typeof Inet6Dev>) => {
  f.call(__dev_queue_xmit, f.load(idev.dev));
});

const icmp_reply = fn('icmp_reply', ICMP_C, (f) => {
  f.call(__dev_queue_xmit, f.load(eth0));
});

/** The answer to a ping, sent where the question was received. */
export const reply_to_ping = (f: FunctionBuilder): void => {
  f.call(icmp_reply);
};

export const enetc_unmap_tx_buff = fn('enetc_unmap_tx_buff', ENETC_C, (f, ndev: Netdev) => {
  const dma = f.load(ndev.dma);
  f.call(dma_unmap_page_attrs, f.load(ndev.dev), dma);
  f.store(ndev.dma, null);
});

export const enetc_free_tx_frame = (f: FunctionBuilder, ndev: Netdev): void => {
  f.call(enetc_unmap_tx_buff, ndev);
  f.kfree(f.load(ndev.skb));
};

/** A page of the RX ring is mapped in place of one that was received into. */
const enetc_new_page = fn('enetc_new_page', ENETC_C, (f, ndev: Netdev) => {
  const dma = f.call(dma_map_page_attrs, f.load(ndev.dev));
  f.if(dma, () => {
    f.store(ndev.rx_dma, dma);
  });
});

const enetc_poll = fn('enetc_poll', ENETC_C, (f, ndev: Netdev) => {
  f.if(f.load(ndev.dma), () => {
    enetc_free_tx_frame(f, ndev);
    f.milestone('completed');
    f.store(ndev.skb, null);
  });
  if (f.param('rx-refill') === 1)
    f.unless(f.load(ndev.rx_dma), () => {
      f.call(enetc_new_page, ndev);
    });
});

const __napi_poll = fn('__napi_poll', DEV_C, (f, ndev: Netdev) => {
  f.spin_lock(ndev.napi_sched);
  f.unless(f.test_bit(ndev.napi_disabled), () => {
    f.call(enetc_poll, ndev);
  });
  f.spin_unlock(ndev.napi_sched);
});

const net_rx_action = fn('net_rx_action', DEV_C, (f, ndev: Netdev) => {
  f.call(__napi_poll, ndev);
});

const __do_softirq = primitive('__do_softirq', SOFTIRQ_C, (f) => {
  f.call(net_rx_action, f.load(eth0));
});

/** NET_RX_SOFTIRQ: comes when the hardware has completed, if it ever does. */
export const softirq = (f: FunctionBuilder): void => {
  f.call(__do_softirq);
};
