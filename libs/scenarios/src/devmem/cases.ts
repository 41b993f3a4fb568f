/** The cases asked of devmem's variants: socket close, link down and module unload, in which order, and how many of each. */
import {
  task,
  type CaseSpec,
  type FunctionBuilder,
  type Param,
  type Ref,
  type SizedCase,
  type TaskSpec,
} from '@lastref/authoring';
import { netdev_nl_bind_rx_doit } from './bind.js';
import { sock_close } from './close.js';
import { bound, bound_socks, new_socks } from './given.js';
import { ownedIds, pools, test_script, type NetdevNlSock } from './objects.js';
import { link_down, rmmod } from './unregister.js';

type Priv = Ref<typeof NetdevNlSock>;
type Command<A extends readonly unknown[] = []> = (f: FunctionBuilder, ...args: A) => void;

const close: Command<[Priv]> = (f, priv) => {
  f.call(sock_close, priv);
};

/** A process that binds, and is killed meanwhile: exit closes its socket when the system call has ended. */
const bind_then_close =
  (n: number): Command<[Priv]> =>
  (f, priv) => {
    for (const id of ownedIds((name) => f.param(name), n)) {
      f.call(netdev_nl_bind_rx_doit, priv, id);
      f.return_to_user();
    }
    f.call(sock_close, priv);
  };
const BINDERS = new_socks.map((sock, n) =>
  task(`bind (${n + 1})`, bind_then_close(n), { args: [sock] }),
);

interface Commands {
  readonly close: Command<[Priv]>;
  readonly link_down: Command;
  readonly rmmod: Command;
  /** What close waits for to start. */
  readonly after?: { readonly after: string };
}

/** A close per socket, the commands that parameters ask for, the tasks that bind. */
const tasksOf = (commands: Commands, param: Param): TaskSpec[] => [
  ...bound_socks.slice(0, param('sockets')).map((sock, n) =>
    task(n === 0 ? 'exit' : `exit (${n + 1})`, commands.close, {
      args: [sock],
      ...commands.after,
    }),
  ),
  ...(param('link-down') === 1 ? [task('ip link set down', commands.link_down)] : []),
  task('modprobe -r', commands.rmmod),
  ...BINDERS.slice(0, param('binders')),
];

/** Which allocations may fail. */
function faultsOf(param: Param): NonNullable<CaseSpec['faults']> {
  const points = [
    ...(param('reply-fails') === 1 ? ['genlmsg_reply'] : []),
    ...(param('bind-fails') === 1
      ? ['net_devmem_bind_dmabuf', 'page_pool_create', 'xa_alloc']
      : []),
  ];
  return {
    budget: Math.min(points.length, 1),
    points: Object.fromEntries(points.map((name) => [name, 16_384])),
  };
}

const sized =
  (commands: Commands, more: Pick<CaseSpec, 'order' | 'reaches'>): SizedCase['sized'] =>
  (param) => ({
    given: bound,
    tasks: tasksOf(commands, param),
    objects: pools(param),
    faults: faultsOf(param),
    ...more,
    // What the prologue reaches, no run does.
    reaches: (more.reaches ?? []).filter(
      (name) => name !== 'pool-destroyed' || param('down-before') === 0,
    ),
  });

/** One command at a time, as in the script of a test: none starts before the one before it has returned. */
const alone =
  <A extends readonly unknown[]>(command: Command<A>): Command<A> =>
  (f, ...args) => {
    f.mutex_lock(test_script);
    command(f, ...args);
    f.mutex_unlock(test_script);
  };

const AT_ANY_TIME: Commands = { close, link_down, rmmod };
const ALONE: Commands = {
  close: alone(close),
  link_down: alone(link_down),
  rmmod: alone(rmmod),
};
const REACHES = ['close', 'pool-destroyed', 'uninstalled'];
const TWO_OF_TWO = { bindings: 2, queues: 2 };

/** Every order and overlap. */
export const overlapping: SizedCase = {
  title: 'socket close, link down and rmmod in every order and overlap',
  params: TWO_OF_TWO,
  sized: sized(AT_ANY_TIME, { reaches: REACHES }),
};

export const two_step_unlock: SizedCase = {
  title: 'the same where mutex_unlock is two steps',
  params: { ...TWO_OF_TWO, 'two-step-unlock': 1 },
  sized: overlapping.sized,
};

export const in_any_order: SizedCase = {
  title: 'socket close, link down and rmmod, one after the other, in any order',
  sized: sized(ALONE, { reaches: REACHES }),
};

const ordered = (title: string, ...milestones: readonly string[]): SizedCase => ({
  title,
  sized: sized(ALONE, {
    order: milestones.slice(1).map((later, i) => [milestones[i] ?? '', later]),
    reaches: milestones,
  }),
});

export const close_down_uninstall = ordered(
  'close, page pool destroyed, uninstalled',
  'close',
  'pool-destroyed',
  'uninstalled',
);
export const down_close_uninstall = ordered(
  'page pool destroyed, close, uninstalled',
  'pool-destroyed',
  'close',
  'uninstalled',
);
export const down_uninstall_close = ordered(
  'page pool destroyed, uninstalled, close',
  'pool-destroyed',
  'uninstalled',
  'close',
);
export const uninstall_before_down = ordered(
  'uninstalled before the page pool is destroyed',
  'uninstalled',
  'pool-destroyed',
);

export const overlap_on_device_lock: SizedCase = {
  title: 'close waits for the device lock that uninstall holds',
  sized: sized(AT_ANY_TIME, { order: [['uninstalled', 'close']], reaches: REACHES }),
};

export const no_overlap: SizedCase = {
  title: 'close starts when rmmod has returned',
  params: TWO_OF_TWO,
  sized: sized(
    { ...AT_ANY_TIME, after: { after: 'rmmod-returned' } },
    { reaches: ['pool-destroyed', 'uninstalled', 'rmmod-returned'] },
  ),
};

export const reply_fails: SizedCase = {
  title: 'the answer to a bind is not delivered, then another bind and a close',
  params: { sockets: 0, 'link-down': 0, binders: 1, binds: 2, 'reply-fails': 1 },
  sized: overlapping.sized,
};
