/** Prologues: the EEPROM's driver bound or not, and what its consumer holds. They run the driver's own functions. */
import type { FunctionBuilder } from '@lastref/authoring';
import { fw_devlink_link_device, RcuGpWq } from '../kernel/index.js';
import { bind } from './at24.js';
import { hold_cell } from './consumer.js';
import { register_listeners } from './notifier.js';
import {
  at24_client,
  at24_consumers,
  At24Data,
  eth0,
  I2cClient,
  NetDevice,
  rcu_gp_wq,
} from './objects.js';

/** The EEPROM is there, with no driver. */
export const unbound = (f: FunctionBuilder): void => {
  register_listeners(f);
  if (f.param('gp_work') === 1) f.store(rcu_gp_wq, f.alloc_workqueue(RcuGpWq));
  f.store(at24_client, f.kzalloc(I2cClient));
};

export const bound = (f: FunctionBuilder): void => {
  unbound(f);
  bind(f);
};

/** The network driver is bound and holds the cell; firmware describes it as a consumer. */
export const cell_held = (f: FunctionBuilder): void => {
  bound(f);
  const dev = f.kzalloc(NetDevice);
  f.store(eth0, dev);
  hold_cell(f, dev);
  fw_devlink_link_device(f, f.param('fw_devlink') === 1 ? 'on' : 'off', at24_consumers, 0, dev);
};

/** A driver that has registered no nvmem device. */
export const nothing_registered = (f: FunctionBuilder): void => {
  unbound(f);
  f.store(f.load(at24_client).at24, f.kzalloc(At24Data));
};
