/** The file `eeprom` in the directory of the provider's own device, as at24 had it before nvmem (FLAG_COMPAT). */
import { fn, primitive, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { SYSFS_FILE_C } from '../kernel/files.js';
import {
  at24_client,
  client_dir,
  CORE_C,
  EEPROM,
  kernfs_rwsem,
  type I2cClient,
} from './objects.js';

type Client = Ref<typeof I2cClient>;

const locked = (f: FunctionBuilder, inside: () => void): void => {
  f.down_write(kernfs_rwsem);
  inside();
  f.up_write(kernfs_rwsem);
};

const sysfs_create_bin_file = primitive('sysfs_create_bin_file', SYSFS_FILE_C, (f, dev: Client) => {
  locked(f, () => {
    f.sysfs_create(client_dir, EEPROM);
    f.set_bit(dev.has_eeprom);
  });
  f.kernfs_create(dev.eeprom);
});

/** The name goes with the directory, if that goes first; then who removes it finds none. */
const sysfs_remove_bin_file = primitive('sysfs_remove_bin_file', SYSFS_FILE_C, (f, dev: Client) => {
  locked(f, () => {
    f.sysfs_remove(client_dir, EEPROM);
    f.clear_bit(dev.has_eeprom);
  });
  f.kernfs_remove(dev.eeprom);
});

/** The directory of the client with what is in it. */
export const sysfs_remove_dir = primitive('sysfs_remove_dir', SYSFS_FILE_C, (f, dev: Client) => {
  const removed = f.var('removed', 1);
  locked(f, () => {
    f.if(f.test_and_clear_bit(dev.has_eeprom), () => {
      f.sysfs_remove(client_dir, EEPROM);
      f.set(removed, 1);
    });
  });
  f.if(removed, () => {
    f.kernfs_remove(dev.eeprom);
  });
});

export const nvmem_sysfs_setup_compat = fn('nvmem_sysfs_setup_compat', CORE_C, (f) => {
  f.call(sysfs_create_bin_file, f.load(at24_client));
});

/** device_remove_bin_file(nvmem->base_dev, &nvmem->eeprom) */
export const remove_compat = primitive('nvmem_sysfs_remove_compat', CORE_C, (f) => {
  f.call(sysfs_remove_bin_file, f.load(at24_client));
});
