/** devmem at other sizes: each parameter does what it says, and the fix holds under each of them. */
import { compile, type SizedCase } from '@lastref/authoring';
import { prove, type SearchResult } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import { SCENARIOS } from '@lastref/scenarios';

type Params = Readonly<Record<string, number>>;

/** A case of devmem whose parameters have other values. */
function sized(variant: string, name: string, params: Params): Program {
  const devmem = SCENARIOS.find((scenario) => scenario.name === 'devmem');
  const spec = devmem?.variants[variant];
  const found = spec?.cases[name];
  if (devmem === undefined || spec === undefined || found === undefined)
    throw new Error(`no devmem/${variant}/${name}`);
  const main = { ...found, params: { ...found.params, ...params } } as SizedCase;
  return compile(
    { ...devmem, variants: { [variant]: { ...spec, cases: { main } } } },
    `devmem/${variant}/main`,
  );
}
const proved = (variant: string, params: Params, name = 'main'): SearchResult =>
  prove(sized(variant, name, params));
const SMALL = { bindings: 1, queues: 1 };

it.each([
  { sockets: 2, ...SMALL },
  { binders: 1, ...SMALL },
  { binders: 1, 'bind-fails': 1, 'reply-fails': 1, ...SMALL },
  { 'down-before': 1 },
  { 'link-down': 0 },
  { 'pages-in-flight': 1, bindings: 1 },
  { rebind: 1 },
])('the fix holds with %j', (params) => {
  const result = proved('fixed', params);
  expect(result).toMatchObject({ complete: true, failures: [], reports: [], missed: [] });
  expect(result.idleTasks).toEqual([]);
});

it('there is a task per socket and per binder, and none that takes a link down unless asked for', () => {
  const names = (params: Params): string[] =>
    sized('fixed', 'main', { ...SMALL, ...params }).tasks.map(({ name }) => name);
  expect(names({ sockets: 2, binders: 2 })).toEqual([
    'exit',
    'exit (2)',
    'ip link set down',
    'modprobe -r',
    'bind (1)',
    'bind (2)',
  ]);
  expect(names({ 'link-down': 0 })).toEqual(['exit', 'modprobe -r']);
});

it('before the device lock, rtnl protects binds too', () => {
  expect(proved('rtnl-era', { binders: 1, ...SMALL })).toMatchObject({
    complete: true,
    failures: [],
  });
});

it('a bind beside what is bound is as bad as a close where only uninstall of v2 is applied', () => {
  const { failures } = proved('patch-v2-half-applied', {
    sockets: 0,
    binders: 1,
    binds: 2,
    queues: 1,
  });
  expect(failures).toContain(
    'deadlock@mp_dmabuf_devmem_uninstall(netdev_nl_sock.lock)+netdev_get_by_index_lock(net_device.lock)',
  );
});

it('the bug is there with pages in flight, and where the interface was down before', () => {
  for (const params of [{ 'pages-in-flight': 1 }, { 'down-before': 1 }, { rebind: 1 }])
    expect(proved('buggy', params).failures).toEqual([
      'use-after-free@netdev_nl_sock_priv_destroy(net_device freed by free_netdev)',
    ]);
});
