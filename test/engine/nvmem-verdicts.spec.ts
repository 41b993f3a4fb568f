/** nvmem's rows by exhaustive search: proved verdicts, exact minima, and what the numbers of states may grow to. */
import { compile } from '@lastref/authoring';
import { prove } from '@lastref/exploration';
import { compileAddress, SCENARIOS } from '@lastref/scenarios';
import { shrink } from '@lastref/shrinking';

const UAF = 'use-after-free@at24_read(at24_data freed by devm_kzalloc_release)';
const REMOVAL = 'bad-removal@nvmem_device_release(1-0050)';
const FROM_ZERO = 'refcount-inc-from-zero@__nvmem_device_get(nvmem_device.refcnt)';
const freed = (user: string): string =>
  `use-after-free@${user}(nvmem_device freed by nvmem_release)`;
const LEAK = 'leak@init_srcu_struct(srcu_data)';
const AA = 'deadlock@__nvmem_device_get(nvmem_mutex)';
const TWICE = 'duplicate-name@nvmem_sysfs_setup_compat(1-0050)';
const NO_CALLBACK = 'null-deref@nvmem_reg_read(at24_data.byte_len)';
const NO_LIST = 'null-deref@nvmem_device_remove_all_cells(nvmem_cell_entry.node)';
const NO_DEVICE = 'null-deref@nvmem_unregister(nvmem_device.ops)';
const SLEEPS = 'sleep-in-atomic@at24_read(rcu_read_lock)';
const ILLEGAL = 'illegal-synchronize@nvmem_unregister(nvmem_device.srcu)';
const DEADLOCK = 'deadlock@at24_read(i2c_bus_lock)+nvmem_unregister(nvmem_device.srcu)';
const HUNG = 'hung-task@nvmem_unregister(nvmem_device.srcu)';

describe.each([
  ['buggy/main', [UAF], [], 420],
  ['buggy/unplug-mid-read', [UAF], [], 85],
  ['buggy/sysfs-file-outlives-provider', [UAF], [], 160],
  ['buggy/lookup-after-unbind', [UAF], [], 80],
  ['buggy/sysfs-reader-only', [], [], 190],
  ['buggy/fw-devlink-on', [], [], 330],
  ['buggy/late-release', [REMOVAL], [], 540],
  ['buggy/get-races-unregister', [FROM_ZERO], [], 470],
  ['layout-put-after-device-put/main', [freed('nvmem_layout_module_put')], [], 17_000],
  ['fixed/main', [], [], 17_000],
  ['fixed/unplug-mid-read', [], [], 85],
  ['fixed/read-never-returns', [HUNG], [], 200],
  ['fixed/last-put', [], [], 350],
  ['fixed/bind-and-unbind', [], [], 60],
  ['fixed/grace-period-pending', [], [], 75],
  ['fixed/lookup-table', [], [], 32],
  ['fixed/compat-and-rebind', [], [], 1_300],
  ['fixed/no-reg-read', [], [], 7],
  ['fixed/gpiod-fails', [], [], 50],
  ['fixed/null-unregistered', [], [], 6],
  ['fixed/layout-fails', [], [], 970],
  ['v1-no-srcu-cleanup/main', [LEAK], [], 60],
  ['v1-no-srcu-cleanup/grace-period-pending', [LEAK, freed('process_srcu')], [], 80],
  ['v2-wrong-lookup-mutex/main', [AA], ['recursive-lock@nvmem_mutex'], 3],
  ['v2-compat-file-removed-in-release/main', [TWICE], [], 1_500],
  ['v2-srcu-covers-sysfs/main', [], [], 19_000],
  ['v3-callback-presence-unchecked/main', [NO_CALLBACK], [], 8],
  ['v3-put-device-before-owner/main', [freed('__nvmem_device_put')], [], 380],
  ['v3-cells-initialised-late/main', [NO_LIST], [], 35],
  ['v3-null-not-accepted/main', [NO_DEVICE], [], 6],
  [
    'v3-rcu-dereference-under-srcu/main',
    [],
    ['suspicious-rcu@nvmem_reg_read(rcu_read_lock)'],
    17_000,
  ],
  ['v3-error-path-not-synchronised/main', [UAF], [], 950],
  ['v3-error-path-not-synchronised/sysfs-reader-only', [], [], 270],
  ['no-synchronize/main', [UAF], [], 17_000],
  ['no-synchronize/sysfs-reader-only', [], [], 200],
  ['synchronize-before-clear/main', [UAF], [], 19_000],
  ['rcu-instead-of-srcu/main', [SLEEPS], [], 10_000],
  ['synchronize-inside-read-section/main', [ILLEGAL], [], 17_000],
  [
    'mutex-held-while-synchronising/main',
    [DEADLOCK],
    ['lock-order@i2c_bus_lock+nvmem_device.srcu'],
    17_000,
  ],
])('nvmem/%s', (address, failures, reports, mostStates) => {
  it('has the verdict of the sheet, proved, reaching what it must', () => {
    const result = prove(compileAddress(`nvmem/${address}`));
    expect(result).toMatchObject({ complete: true, failures, reports, missed: [], idleTasks: [] });
    expect(result.states).toBeLessThanOrEqual(mostStates);
    expect(result.bytesPerState).toBeLessThanOrEqual(64);
  });
});

describe('canonical reproductions', () => {
  it.each([
    ['buggy/main', UAF, '0/0/1'],
    ['buggy/unplug-mid-read', UAF, '0/1/2'],
    ['buggy/get-races-unregister', FROM_ZERO, '0/1/1'],
    ['v1-no-srcu-cleanup/main', LEAK, '0/0/0'],
    ['v2-wrong-lookup-mutex/main', AA, '0/0/0'],
    ['v3-callback-presence-unchecked/main', NO_CALLBACK, '0/0/0'],
    ['v3-put-device-before-owner/main', freed('__nvmem_device_put'), '0/0/1'],
    ['v3-cells-initialised-late/main', NO_LIST, '1/0/0'],
    ['v3-null-not-accepted/main', NO_DEVICE, '0/0/0'],
    ['no-synchronize/main', UAF, '0/1/2'],
    ['synchronize-before-clear/main', UAF, '0/2/3'],
    ['rcu-instead-of-srcu/main', SLEEPS, '0/0/0'],
    ['synchronize-inside-read-section/main', ILLEGAL, '0/0/0'],
    ['mutex-held-while-synchronising/main', DEADLOCK, '0/1/1'],
  ])('nvmem/%s %s costs %s', (address, signature, cost) => {
    const result = shrink(compileAddress(`nvmem/${address}`), signature);
    if (!result.ok) throw new Error(result.message);
    const { events, preemptions, switches } = result.reproduction.cost;
    expect(result.reproduction.grade).toBe('minimum (proved)');
    expect(`${events}/${preemptions}/${switches}`).toBe(cost);
  });
});

describe('the parameters of the scenario', () => {
  /** A variant's main case with other parameters. */
  const proved = (variant: string, params: Readonly<Record<string, number>>) => {
    const nvmem = SCENARIOS.find(({ name }) => name === 'nvmem');
    const asked = nvmem?.variants[variant];
    const main = asked?.cases['main'];
    if (nvmem === undefined || asked === undefined || main === undefined)
      throw new Error(`no ${variant}/main`);
    const variants = { [variant]: { ...asked, cases: { main: { ...main, params } } } };
    return prove(compile({ ...nvmem, variants }, `nvmem/${variant}/main`));
  };

  it.each([
    { consumers: 2, readers: 0 },
    { consumers: 0, readers: 2 },
    { chunks: 2 },
    { listeners: 1 },
    { compat: 1 },
    { layout: 1 },
    { wp: 1 },
    { lookup: 1 },
    { reg_read: 0 },
    { readers: 0, gp_work: 1 },
    { readers: 0, compat: 1, layout: 1, listeners: 2, chunks: 3 },
  ])('leave the fix clean: %j', (params) => {
    expect(proved('fixed', params)).toMatchObject({ complete: true, failures: [], reports: [] });
  });

  it.each([{ consumers: 2, readers: 0 }, { chunks: 2 }, { listeners: 1, compat: 1 }])(
    'leave a wrong fix wrong: %j',
    (params) => {
      expect(proved('no-synchronize', params).failures).toEqual([UAF]);
    },
  );
});
