/** The cases asked of nvmem's variants: who reads, gets and puts what while its provider goes away. */
import {
  task,
  type AnyStruct,
  type CaseSpec,
  type FunctionBuilder,
  type Param,
  type SizedCase,
  type TaskSpec,
} from '@lastref/authoring';
import { device_lock, device_unlock } from '../kernel/index.js';
import { cat_nvmem } from './access.js';
import { bind, unbind, unplug, unregister_null } from './at24.js';
import { get_put, get_read_put, put_held, read_held } from './consumer.js';
import { bound, cell_held, nothing_registered, unbound } from './given.js';
import { eth0, GpioDesc, NotifierBlock, NvmemCell, NvmemLayout } from './objects.js';

const UNBIND = task('unbind at24', unbind);
const REBIND = task('unbind and bind at24', (f) => {
  unbind(f);
  f.return_to_user();
  bind(f);
});
const BIND = task('bind at24', bind);
const UNPLUG = task('usb hub', unplug);
const CAT = task('cat nvmem', cat_nvmem);
const PUT_HELD = task('eth0 removed', (f) => {
  put_held(f, f.load(eth0));
});
const READ_AND_PUT_HELD = task('eth0 reads its address and goes', (f) => {
  const dev = f.load(eth0);
  read_held(f, dev);
  put_held(f, dev);
});
const READ_HELD = task('eth0 reads its address', (f) => {
  read_held(f, f.load(eth0));
});
/** As from a callback of its own driver: under its lock, if it is bound. */
const READ_HELD_WHILE_BOUND = task('eth0 reads its address', (f) => {
  const dev = f.load(eth0);
  device_lock(f, dev);
  f.if(f.test_bit(dev.driver), () => {
    read_held(f, dev);
  });
  device_unlock(f, dev);
});

const numbered = (count: number, name: string, body: (f: FunctionBuilder) => void): TaskSpec[] =>
  Array.from({ length: count }, (_, n) => task(count === 1 ? name : `${name} (${n + 1})`, body));

/** What the device that is bound again has beside the one before, which may not be gone yet. */
const twice = (param: Param): [AnyStruct, number][] => [
  ...(param('wp') === 1 ? [[GpioDesc, 2] as [AnyStruct, number]] : []),
  ...(param('layout') === 1 ? [[NvmemLayout, 2] as [AnyStruct, number]] : []),
  ...(param('listeners') > 1 ? [[NotifierBlock, 2] as [AnyStruct, number]] : []),
];

/** Consumers get, read and put, user tasks read the file, the driver is unbound and bound again. */
export const everything: SizedCase = {
  title: 'consumers get, read, put; readers of the file; unbind and bind again',
  sized: (param) => ({
    given: bound,
    tasks: [
      REBIND,
      ...numbered(param('consumers'), 'probe of eth0', get_read_put),
      ...numbered(param('readers'), 'cat nvmem', cat_nvmem),
    ],
    objects: [[NvmemCell, Math.max(1, param('consumers'))], ...twice(param)],
    reaches: ['transfer-starts', 'refused', 'provider-freed', 'registered'],
  }),
};

export const held_then_read: CaseSpec = {
  title: 'a consumer holds a cell: unbind; it reads and puts',
  given: cell_held,
  tasks: [UNBIND, READ_AND_PUT_HELD],
};

export const unplug_mid_read: CaseSpec = {
  title: 'the bus is unplugged while a read of several chunks is under way',
  given: cell_held,
  params: { chunks: 2 },
  tasks: [UNBIND, READ_HELD],
  order: [['first-chunk-read', 'unbinds']],
  reaches: ['first-chunk-read', 'unbinds'],
};

export const file_of_held: CaseSpec = {
  title: 'a consumer holds a cell: unbind; read the file',
  given: cell_held,
  tasks: [UNBIND, CAT],
};

export const lookup_after_unbind: CaseSpec = {
  title: 'a consumer holds a cell: unbind; another gets one and reads',
  given: cell_held,
  tasks: [UNBIND, task('probe of eth1', get_read_put, { after: 'provider-freed' })],
  objects: [[NvmemCell, 2]],
  reaches: ['looked-up'],
};

export const file_only: CaseSpec = {
  title: 'no consumer: unbind against a reader of the file',
  given: bound,
  tasks: [UNBIND, CAT],
  reaches: ['transfer-starts', 'provider-freed'],
};

export const fw_devlink: CaseSpec = {
  title: 'the consumer is described by firmware, fw_devlink is on',
  given: cell_held,
  params: { fw_devlink: 1 },
  tasks: [UNBIND, READ_HELD_WHILE_BOUND],
  reaches: ['transfer-starts', 'provider-freed'],
};

export const late_release: CaseSpec = {
  title: 'the base device is gone before the last put',
  given: cell_held,
  params: { compat: 1 },
  tasks: [UNPLUG, PUT_HELD],
};

export const get_against_unbind: CaseSpec = {
  title: 'a consumer gets and puts a cell against unbind',
  given: bound,
  tasks: [UNBIND, task('probe of eth0', get_put)],
};

export const last_put: CaseSpec = {
  title: 'a consumer holds a cell: unbind; it puts it',
  given: cell_held,
  tasks: [UNBIND, PUT_HELD],
  reaches: ['provider-freed'],
};

export const read_never_returns: CaseSpec = {
  title: 'a transfer that never ends, then unbind',
  given: cell_held,
  params: { answers: 0 },
  tasks: [UNBIND, READ_HELD],
  reaches: ['transfer-starts'],
};

export const bind_and_unbind: CaseSpec = {
  title: 'bind and unbind',
  given: unbound,
  tasks: [
    task('bind and unbind at24', (f) => {
      bind(f);
      unbind(f);
    }),
  ],
};

export const grace_period_pending: CaseSpec = {
  title: 'unbind, with grace periods by a worker',
  given: bound,
  params: { gp_work: 1 },
  tasks: [UNBIND],
};

export const lookup_table: CaseSpec = {
  title: 'a consumer of a lookup table',
  given: bound,
  params: { lookup: 1 },
  tasks: [task('probe of eth0', get_read_put)],
};

export const compat_and_rebind: CaseSpec = {
  title: 'a consumer holds a cell: unbind and bind again; it puts it',
  given: cell_held,
  params: { compat: 1 },
  tasks: [REBIND, PUT_HELD],
  reaches: ['registered'],
};

export const no_reg_read: CaseSpec = {
  title: 'the device has no read operation, and its file is read',
  given: bound,
  params: { reg_read: 0 },
  tasks: [CAT],
};

export const gpiod_fails: CaseSpec = {
  title: 'gpiod_get_optional fails while the device is registered',
  given: unbound,
  params: { wp: 1 },
  tasks: [BIND],
  faults: { points: { gpiod_get_optional: 16_384 } },
};

export const null_unregistered: CaseSpec = {
  title: 'nvmem_unregister(NULL)',
  given: nothing_registered,
  tasks: [task('remove', unregister_null)],
};

const layout_fails: Omit<CaseSpec, 'title' | 'tasks'> = {
  given: unbound,
  params: { layout: 1 },
  faults: { points: { nvmem_populate_layout: 16_384 } },
  reaches: ['registered', 'provider-freed', 'transfer-starts'],
};

export const layout_fails_consumer: CaseSpec = {
  title: 'a consumer gets, reads, puts while populating the layout fails',
  ...layout_fails,
  tasks: [BIND, task('probe of eth0', get_read_put)],
};

export const layout_fails_file: CaseSpec = {
  title: 'the file is read while populating the layout fails',
  ...layout_fails,
  tasks: [BIND, CAT],
};
