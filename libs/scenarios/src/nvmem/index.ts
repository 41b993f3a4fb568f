/** nvmem: unbinding a provider with active consumers. The story is in README.md beside this file. */
import { parameter, type Scenario } from '@lastref/authoring';
import { process_srcu } from '../kernel/index.js';
import * as cases from './cases.js';
import { at24_module, NvmemDevice } from './objects.js';

const FIXED = ['ops-under-srcu'];
const main = { main: cases.everything };

/** The fix with one thing done wrong. */
const wrong = (title: string, name: string, asked: Scenario['variants'][string]['cases']) => ({
  title,
  switches: [...FIXED, name],
  cases: asked,
});

export const nvmem: Scenario = {
  name: 'nvmem',
  title: 'a consumer of an nvmem device calls into its unbound provider',
  switches: {
    'ops-under-srcu': 'v4: nvmem->ops under SRCU, one reference count, cells dropped in release',
    'layout-put-last': 'before patch 1 of v4: the layout is put behind the device',
    'no-srcu-cleanup': 'v1: no cleanup_srcu_struct',
    'lookup-under-nvmem-mutex': 'v2: nvmem_mutex where nvmem_lookup_mutex was meant',
    'compat-removed-in-release': 'v2: the file eeprom goes with the last reference',
    'srcu-covers-sysfs': 'v2: the file is read inside of a read section of its own too',
    'callback-unchecked': 'v3: nobody looks whether there is a callback',
    'put-device-first': 'v3: nvmem->owner is read behind put_device',
    'cells-initialised-late': 'v3: nvmem->cells initialised behind device_initialize',
    'null-not-accepted': 'v3: nvmem_unregister(NULL) is no call of nothing any more',
    'rcu-dereference': 'v3: rcu_dereference(nvmem->ops) inside of SRCU',
    'error-path-not-synchronised': 'v3: nvmem_register fails without synchronize_srcu',
    'no-synchronize': 'ops cleared, and nobody waited for',
    'synchronise-first': 'synchronize_srcu before ops are cleared',
    'rcu-instead-of-srcu': 'rcu_read_lock around the callback',
    'callback-unregisters': 'the callback calls nvmem_unregister',
    'mutex-while-synchronising': 'the bus is locked while nvmem_unregister waits',
  },
  modules: [at24_module],
  works: [[NvmemDevice, 'srcu_work', process_srcu<typeof NvmemDevice>((nvmem) => nvmem)]],
  params: {
    consumers: parameter('consumers that get, read and put', { min: 0, max: 3, default: 1 }),
    readers: parameter('readers of the file', { min: 0, max: 3, default: 1 }),
    chunks: parameter('transfers of one read', { min: 1, max: 4, default: 1 }),
    answers: parameter('transfers end', { min: 0, max: 1, default: 1 }),
    fw_devlink: parameter('fw_devlink, and firmware describes the consumer', {
      min: 0,
      max: 1,
      default: 0,
    }),
    lookup: parameter('cells are looked up in a table', { min: 0, max: 1, default: 0 }),
    reg_read: parameter('there is a read operation', { min: 0, max: 1, default: 1 }),
    compat: parameter('FLAG_COMPAT: the file eeprom', { min: 0, max: 1, default: 0 }),
    layout: parameter('the device has a layout', { min: 0, max: 1, default: 0 }),
    wp: parameter('the device has a write-protect line', { min: 0, max: 1, default: 0 }),
    listeners: parameter('blocks on nvmem_notifier', { min: 0, max: 2, default: 0 }),
    gp_work: parameter('grace periods are a worker, not a wait', { min: 0, max: 1, default: 0 }),
  },
  variants: {
    buggy: {
      title: 'nothing keeps the provider while its callbacks run',
      switches: [],
      cases: {
        main: cases.held_then_read,
        'unplug-mid-read': cases.unplug_mid_read,
        'sysfs-file-outlives-provider': cases.file_of_held,
        'lookup-after-unbind': cases.lookup_after_unbind,
        'sysfs-reader-only': cases.file_only,
        'fw-devlink-on': cases.fw_devlink,
        'late-release': cases.late_release,
        'get-races-unregister': cases.get_against_unbind,
      },
    },
    'layout-put-after-device-put': wrong(
      'the layout is put behind the device',
      'layout-put-last',
      main,
    ),
    fixed: {
      title: 'the callbacks under SRCU',
      switches: FIXED,
      cases: {
        ...main,
        'unplug-mid-read': cases.unplug_mid_read,
        'read-never-returns': cases.read_never_returns,
        'last-put': cases.last_put,
        'bind-and-unbind': cases.bind_and_unbind,
        'grace-period-pending': cases.grace_period_pending,
        'lookup-table': cases.lookup_table,
        'compat-and-rebind': cases.compat_and_rebind,
        'no-reg-read': cases.no_reg_read,
        'gpiod-fails': cases.gpiod_fails,
        'null-unregistered': cases.null_unregistered,
        'layout-fails': cases.layout_fails_consumer,
      },
    },
    'v1-no-srcu-cleanup': wrong('the domain is never cleaned up', 'no-srcu-cleanup', {
      main: cases.bind_and_unbind,
      'grace-period-pending': cases.grace_period_pending,
    }),
    'v2-wrong-lookup-mutex': wrong('lookups under the wrong mutex', 'lookup-under-nvmem-mutex', {
      main: cases.lookup_table,
    }),
    'v2-compat-file-removed-in-release': wrong(
      'the file eeprom outlives the provider',
      'compat-removed-in-release',
      { main: cases.compat_and_rebind },
    ),
    'v2-srcu-covers-sysfs': wrong('SRCU around the file too', 'srcu-covers-sysfs', main),
    'v3-callback-presence-unchecked': wrong('a missing callback is called', 'callback-unchecked', {
      main: cases.no_reg_read,
    }),
    'v3-put-device-before-owner': wrong('the owner is read too late', 'put-device-first', {
      main: cases.last_put,
    }),
    'v3-cells-initialised-late': wrong('cells initialised too late', 'cells-initialised-late', {
      main: cases.gpiod_fails,
    }),
    'v3-null-not-accepted': wrong('NULL is not accepted', 'null-not-accepted', {
      main: cases.null_unregistered,
    }),
    'v3-rcu-dereference-under-srcu': wrong(
      'rcu_dereference inside of SRCU',
      'rcu-dereference',
      main,
    ),
    'v3-error-path-not-synchronised': wrong(
      'a failed nvmem_register waits for nobody',
      'error-path-not-synchronised',
      { main: cases.layout_fails_consumer, 'sysfs-reader-only': cases.layout_fails_file },
    ),
    'no-synchronize': wrong('ops cleared, and nobody waited for', 'no-synchronize', {
      ...main,
      'sysfs-reader-only': cases.file_only,
    }),
    'synchronize-before-clear': wrong(
      'waited for before ops are cleared',
      'synchronise-first',
      main,
    ),
    'rcu-instead-of-srcu': wrong('RCU around a callback that sleeps', 'rcu-instead-of-srcu', main),
    'synchronize-inside-read-section': wrong(
      'the callback unregisters',
      'callback-unregisters',
      main,
    ),
    'mutex-held-while-synchronising': wrong(
      'unregistering holds what the callback needs',
      'mutex-while-synchronising',
      main,
    ),
  },
};
