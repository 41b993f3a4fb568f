/** rtnl (net/core/rtnetlink.c): the one mutex of network configuration. Signatures look through these calls. */
import { mutex, primitive, statics, type Cond, type FunctionBuilder } from '@lastref/authoring';
import { RTNETLINK_C } from './files.js';

export const { rtnl_mutex } = statics({ rtnl_mutex: mutex() });

const lock = primitive('rtnl_lock', RTNETLINK_C, (f) => {
  f.mutex_lock(rtnl_mutex);
});
const unlock = primitive('rtnl_unlock', RTNETLINK_C, (f) => {
  f.mutex_unlock(rtnl_mutex);
});

export const rtnl_lock = (f: FunctionBuilder): void => {
  f.call(lock);
};
export const rtnl_unlock = (f: FunctionBuilder): void => {
  f.call(unlock);
};
export const rtnl_trylock = (f: FunctionBuilder): Cond => f.mutex_trylock(rtnl_mutex);
