/** The provider: binding and unbinding the EEPROM's driver, and unplugging its bus (drivers/misc/eeprom/at24.c). */
import { fn, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { BASE_BUS_C, DEVRES_C } from '../kernel/files.js';
import {
  devm_add_action,
  device_attach,
  device_release_driver,
  linked_consumers,
  type DevresAction,
  type Driver,
} from '../kernel/index.js';
import { sysfs_remove_dir } from './compat.js';
import { ENETC_PF_DRIVER } from './consumer.js';
import { nvmem_register, nvmem_unregister } from './core.js';
import {
  AT24_C,
  at24_client,
  at24_consumers,
  At24Data,
  CORE_C,
  I2cClient,
  USB_CORE_C,
} from './objects.js';

type Client = Ref<typeof I2cClient>;

const devm_nvmem_unregister = fn('devm_nvmem_unregister', CORE_C, (f, client: Client) => {
  f.call(nvmem_unregister, f.load(f.load(client.at24).nvmem));
});
const devm_kzalloc_release = fn('devm_kzalloc_release', DEVRES_C, (f, client: Client) => {
  const at24 = f.load(client.at24);
  f.store(client.at24, null);
  f.milestone('provider-freed');
  f.kfree(at24);
});

const actions = (client: Client): Record<'free' | 'unregister', DevresAction> => ({
  free: (f) => {
    f.call(devm_kzalloc_release, client);
  },
  unregister: (f) => {
    f.call(devm_nvmem_unregister, client);
  },
});

const at24_probe = fn.int('at24_probe', AT24_C, (f, client: Client) => {
  const at24 = f.kzalloc(At24Data);
  f.store(client.at24, at24);
  devm_add_action(f, client, actions(client), 'free');
  const nvmem = f.call(nvmem_register, at24);
  f.unless(nvmem, () => {
    f.return('-EPROBE_DEFER');
  });
  f.store(at24.nvmem, nvmem);
  devm_add_action(f, client, actions(client), 'unregister');
});

/** Links exist where fw_devlink made them. */
const at24_driver = (f: FunctionBuilder): Driver<typeof I2cClient> => ({
  probe: at24_probe,
  devres: (dev) => ({ dev, actions: actions(dev) }),
  ...(f.param('fw_devlink') === 1
    ? { links: linked_consumers(at24_consumers, (dev) => dev, ENETC_PF_DRIVER) }
    : {}),
});

const bind_store = fn('bind_store', BASE_BUS_C, (f) => {
  device_attach(f, f.load(at24_client), at24_driver(f));
});
const unbind_store = fn('unbind_store', BASE_BUS_C, (f) => {
  const client = f.load(at24_client);
  f.milestone('unbinds');
  device_release_driver(f, client, at24_driver(f));
});

export const bind = (f: FunctionBuilder): void => {
  f.call(bind_store);
};
export const unbind = (f: FunctionBuilder): void => {
  f.call(unbind_store);
};

/** The bus goes too: with the directory of the client goes what is in it. */
const hub_event = fn('hub_event', USB_CORE_C, (f) => {
  const client = f.load(at24_client);
  device_release_driver(f, client, at24_driver(f));
  f.call(sysfs_remove_dir, client);
});

export const unplug = (f: FunctionBuilder): void => {
  f.call(hub_event);
};

/** A driver that registers nothing, and relies on NULL being accepted. */
export const unregister_null = (f: FunctionBuilder): void => {
  f.call(nvmem_unregister, f.load(f.load(f.load(at24_client).at24).nvmem));
};
