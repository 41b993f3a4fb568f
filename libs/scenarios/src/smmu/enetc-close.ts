/** What a .shutdown of enetc would do, as its remove does: nothing is sent or polled any more, the ring is emptied. */
import { fn, primitive, type Ref } from '@lastref/authoring';
import { DEV_C } from '../kernel/files.js';
import { enetc_free_tx_frame } from './enetc.js';
import {
  ENETC_C,
  ENETC_PF_C,
  rtnl_mutex,
  SCH_GENERIC_C,
  type Device,
  type NetDevice,
} from './objects.js';

type Netdev = Ref<typeof NetDevice>;

/** Whoever sends holds the lock, so nobody is in the driver behind this. */
const dev_deactivate = primitive('dev_deactivate', SCH_GENERIC_C, (f, ndev: Netdev) => {
  f.spin_lock_bh(ndev._xmit_lock);
  f.set_bit(ndev.stopped);
  f.spin_unlock_bh(ndev._xmit_lock);
});

/** Waits for the poll that runs. */
const napi_disable = primitive('napi_disable', DEV_C, (f, ndev: Netdev) => {
  f.spin_lock(ndev.napi_sched);
  f.set_bit(ndev.napi_disabled);
  f.spin_unlock(ndev.napi_sched);
});

const enetc_free_tx_ring = fn('enetc_free_tx_ring', ENETC_C, (f, ndev: Netdev) => {
  f.if(f.load(ndev.dma), () => {
    enetc_free_tx_frame(f, ndev);
    f.store(ndev.skb, null);
  });
});

export const enetc_close = fn('enetc_close', ENETC_C, (f, ndev: Netdev) => {
  f.call(dev_deactivate, ndev);
  f.call(napi_disable, ndev);
  f.call(enetc_free_tx_ring, ndev);
});

export const enetc_pf_shutdown = fn(
  'enetc_pf_shutdown',
  ENETC_PF_C,
  (f, dev: Ref<typeof Device>) => {
    f.mutex_lock(rtnl_mutex);
    f.call(enetc_close, f.load(dev.netdev));
    f.milestone('port-closed');
    f.mutex_unlock(rtnl_mutex);
  },
);
