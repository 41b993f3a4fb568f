/** nvmem_notifier (drivers/nvmem/core.c): who listens hears of devices that come and go, and does nothing here. */
import { fn, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { blocking_notifier_call_chain, blocking_notifier_chain_register } from '../kernel/index.js';
import { CORE_C, nvmem_notifier, nvmem_notifier_rwsem, NotifierBlock } from './objects.js';

const CHAIN = {
  rwsem: nvmem_notifier_rwsem,
  head: nvmem_notifier,
  block: NotifierBlock,
  nb: 'nb',
} as const;

const notified = fn<[block: Ref<typeof NotifierBlock>]>(
  'nvmem_notifier_call',
  CORE_C,
  () => undefined,
);

/** Left out where nobody listens. */
export const call_notifier_chain = (f: FunctionBuilder): void => {
  if (f.param('listeners') > 0) blocking_notifier_call_chain(f, CHAIN, notified);
};

export const register_listeners = (f: FunctionBuilder): void => {
  const listeners = f.param('listeners');
  if (listeners === 0) return;
  f.INIT_LIST_HEAD(nvmem_notifier);
  for (let n = 0; n < listeners; n++)
    blocking_notifier_chain_register(f, CHAIN, f.kzalloc(NotifierBlock));
};
