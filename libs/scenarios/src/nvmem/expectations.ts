/**
 * What is expected of nvmem's cases. `report` comes from the bug report with its changelog, `source` from the kernel's
 * source, `inferred` was reasoned. Rows of `fixed` beyond the table are the clean twins of wrong fixes.
 */
import { expectations } from '../expectation.js';

const READS_FREED = 'all:use-after-free@at24_read';
const EVERYTHING = 'consumer get, read, put; sysfs reader; unbind and re-probe';

/** A clean twin: the tasks, parameters and order of a wrong fix. */
const twin = (title: string) =>
  ({ title, expect: 'clean', reports: [], basis: 'inferred' }) as const;

export const nvmemExpectations = expectations('nvmem', {
  buggy: {
    main: {
      title: 'given a consumer that holds a cell, fw_devlink off: unbind, then read',
      expect: READS_FREED,
      min: '0/0/1',
      reports: [],
      basis: 'report',
    },
    'unplug-mid-read': {
      title: 'unplug while a read of several chunks is under way',
      expect: READS_FREED,
      reports: [],
      basis: 'report',
    },
    'sysfs-file-outlives-provider': {
      title: 'a consumer reference keeps the sysfs file; unbind; read it',
      expect: READS_FREED,
      reports: [],
      basis: 'source',
    },
    'lookup-after-unbind': {
      title: 'new lookup after unbind while a reference is kept',
      expect: READS_FREED,
      reports: [],
      basis: 'source',
    },
    'sysfs-reader-only': {
      title: 'no in-kernel consumer',
      expect: 'clean',
      reports: [],
      basis: 'source',
    },
    'fw-devlink-on': {
      title: 'consumer described by firmware',
      expect: 'clean',
      reports: [],
      basis: 'report',
    },
    'late-release': {
      title: 'base device gone before the last put',
      expect: 'all:bad-removal@nvmem_device_release',
      reports: [],
      basis: 'inferred',
    },
    'get-races-unregister': {
      title: 'lookup between last kref put and device_del',
      expect: 'all:refcount-inc-from-zero@__nvmem_device_get',
      min: '0/1/1',
      reports: [],
      basis: 'inferred',
    },
  },
  'layout-put-after-device-put': {
    main: {
      title: 'the put is the last one',
      expect: 'all:use-after-free@nvmem_layout_module_put',
      reports: [],
      control: 'fixed/main',
      basis: 'source',
    },
  },
  fixed: {
    main: { title: EVERYTHING, expect: 'clean', reports: [], basis: 'report' },
    'unplug-mid-read': {
      title: 'unplug while a read is under way',
      expect: 'clean',
      reports: [],
      basis: 'report',
    },
    'read-never-returns': {
      title: 'a transfer that never ends',
      expect: 'all:hung-task@nvmem_unregister',
      reports: [],
      basis: 'inferred',
    },
    'last-put': twin('given a held cell: unbind, then the last put'),
    'bind-and-unbind': twin('register and unregister'),
    'grace-period-pending': twin('unregister while the grace period is a worker'),
    'lookup-table': twin('any lookup-table get'),
    'compat-and-rebind': twin('consumer keeps a reference; unbind; re-probe'),
    'no-reg-read': twin('the missing operation is invoked through sysfs'),
    'gpiod-fails': twin('gpiod_get fails (fault) in nvmem_register'),
    'null-unregistered': twin('nvmem_unregister(NULL)'),
    'layout-fails': twin('in-kernel consumer reads while layout population fails (fault)'),
  },
  'v1-no-srcu-cleanup': {
    main: {
      title: 'register and unregister',
      expect: 'all:leak@init_srcu_struct',
      min: '0/0/0',
      reports: [],
      control: 'fixed/bind-and-unbind',
      basis: 'report',
    },
    'grace-period-pending': {
      title: 'freed while grace-period work is pending',
      expect: 'all:use-after-free@process_srcu;leak@init_srcu_struct',
      reports: [],
      control: 'fixed/grace-period-pending',
      basis: 'inferred',
      corrected:
        'where the work ends before the device is freed, the percpu part is lost as in main',
    },
  },
  'v2-wrong-lookup-mutex': {
    main: {
      title: 'any lookup-table get',
      expect: 'all:deadlock@__nvmem_device_get',
      min: '0/0/0',
      reports: ['recursive-lock'],
      control: 'fixed/lookup-table',
      basis: 'report',
    },
  },
  'v2-compat-file-removed-in-release': {
    main: {
      title: 'consumer keeps a reference; unbind; re-probe',
      expect: 'any:duplicate-name@nvmem_sysfs_setup_compat;bad-removal@nvmem_release',
      reports: [],
      control: 'fixed/compat-and-rebind',
      basis: 'report',
    },
  },
  'v2-srcu-covers-sysfs': {
    main: { title: 'as fixed', expect: 'clean', reports: [], basis: 'report' },
  },
  'v3-callback-presence-unchecked': {
    main: {
      title: 'the missing operation is invoked through sysfs',
      expect: 'all:null-deref@nvmem_reg_read',
      min: '0/0/0',
      reports: [],
      control: 'fixed/no-reg-read',
      basis: 'inferred',
    },
  },
  'v3-put-device-before-owner': {
    main: {
      title: 'given a held cell: unbind, then the last put',
      expect: 'all:use-after-free@__nvmem_device_put',
      min: '0/0/1',
      reports: [],
      control: 'fixed/last-put',
      basis: 'report',
    },
  },
  'v3-cells-initialised-late': {
    main: {
      title: 'gpiod_get fails (fault) in nvmem_register',
      expect: 'all:null-deref@nvmem_device_remove_all_cells',
      min: '1/0/0',
      reports: [],
      control: 'fixed/gpiod-fails',
      basis: 'report',
    },
  },
  'v3-null-not-accepted': {
    main: {
      title: 'nvmem_unregister(NULL)',
      expect: 'all:null-deref@nvmem_unregister',
      min: '0/0/0',
      reports: [],
      control: 'fixed/null-unregistered',
      basis: 'report',
    },
  },
  'v3-rcu-dereference-under-srcu': {
    main: { title: 'any access', expect: 'clean', reports: ['suspicious-rcu'], basis: 'report' },
  },
  'v3-error-path-not-synchronised': {
    main: {
      title: 'in-kernel consumer reads while layout population fails (fault)',
      expect: READS_FREED,
      reports: [],
      control: 'fixed/layout-fails',
      basis: 'report',
    },
    'sysfs-reader-only': {
      title: 'sysfs reader instead',
      expect: 'clean',
      reports: [],
      basis: 'inferred',
    },
  },
  'no-synchronize': {
    main: {
      title: 'ops cleared without waiting',
      expect: READS_FREED,
      reports: [],
      control: 'fixed/main',
      basis: 'inferred',
    },
    'sysfs-reader-only': {
      title: 'sysfs reader instead',
      expect: 'clean',
      reports: [],
      basis: 'inferred',
    },
  },
  'synchronize-before-clear': {
    main: {
      title: 'reader starts in between',
      expect: READS_FREED,
      reports: [],
      control: 'fixed/main',
      basis: 'inferred',
    },
  },
  'rcu-instead-of-srcu': {
    main: {
      title: 'a read that sleeps',
      expect: 'all:sleep-in-atomic@at24_read',
      min: '0/0/0',
      reports: [],
      control: 'fixed/main',
      basis: 'inferred',
    },
  },
  'synchronize-inside-read-section': {
    main: {
      title: 'the callback unregisters',
      expect: 'all:illegal-synchronize@nvmem_unregister',
      min: '0/0/0',
      reports: [],
      control: 'fixed/main',
      basis: 'inferred',
    },
  },
  'mutex-held-while-synchronising': {
    main: {
      title: 'the reader needs that mutex',
      expect: 'all:deadlock@at24_read+nvmem_unregister',
      reports: ['lock-order'],
      control: 'fixed/main',
      basis: 'inferred',
      corrected:
        'read sections of SRCU are a class of lock order, as in kernels that annotate synchronize_srcu: the cycle is reported',
    },
  },
});
