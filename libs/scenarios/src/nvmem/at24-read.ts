/** The provider's callback (drivers/misc/eeprom/at24.c): chunk by chunk over I2C, each of which may take long. */
import { fn, primitive, type Ref } from '@lastref/authoring';
import { AT24_C, i2c_answers, i2c_bus_lock, I2C_CORE_C, type At24Data } from './objects.js';
import { nvmem_unregister } from './core.js';

/** Sleeps: the bus has a lock, and the EEPROM answers when it does, if the case says that it may not. */
const i2c_transfer = primitive('i2c_transfer', I2C_CORE_C, (f, chunk: number) => {
  if (f.param('answers') === 0) f.wait_for_outside_world(i2c_answers);
  f.mutex_lock(i2c_bus_lock);
  if (chunk === 0) f.milestone('first-chunk-read');
  f.mutex_unlock(i2c_bus_lock);
});

export const at24_read = fn('at24_read', AT24_C, (f, at24: Ref<typeof At24Data>) => {
  if (f.is('callback-unregisters')) f.call(nvmem_unregister, f.load(at24.nvmem));
  f.milestone('transfer-starts');
  const chunks = f.param('chunks');
  for (let chunk = 0; chunk < chunks; chunk++) {
    f.load(at24.byte_len);
    f.call(i2c_transfer, chunk);
  }
});
