/** read(2) of /sys/class/net/X/speed and duplex down to the driver (net/core/net-sysfs.c, net/core/ethtool.c). */
import { fn, type Fn, type FunctionBuilder, type Int, type Ref } from '@lastref/authoring';
import { BASE_CORE_C, READ_WRITE_C } from '../kernel/files.js';
import { mlx5_cmd_exec } from './cmd.js';
import { rtnl_lock, rtnl_trylock, rtnl_unlock } from '../kernel/rtnl.js';
import { netif_device_present, netif_running } from './netdev.js';
import {
  EN_ETHTOOL_C,
  ETHTOOL_C,
  NET_SYSFS_C,
  NETLINK_C,
  open_files,
  PORT_C,
  type Mlx5CoreDev,
  type NetDevice,
  type Port,
} from './objects.js';

type Netdev = Ref<typeof NetDevice>;
type Dev = Ref<typeof Mlx5CoreDev>;

const mlx5_core_access_reg = fn.int('mlx5_core_access_reg', PORT_C, (f, dev: Dev) => {
  f.return(f.call(mlx5_cmd_exec, dev));
});

const mlx5_query_port_ptys = fn.int('mlx5_query_port_ptys', PORT_C, (f, dev: Dev) => {
  f.return(f.call(mlx5_core_access_reg, dev));
});

const mlx5_query_port_pause = fn.int('mlx5_query_port_pause', PORT_C, (f, dev: Dev) => {
  f.return(f.call(mlx5_core_access_reg, dev));
});

const mlx5e_get_link_ksettings = fn.int(
  'mlx5e_get_link_ksettings',
  EN_ETHTOOL_C,
  (f, netdev: Netdev) => {
    if (f.is('present-in-driver-get-link'))
      f.unless(netif_device_present(f, netdev), () => {
        f.return('-ENODEV');
      });
    f.return(f.call(mlx5_query_port_ptys, f.load(netdev.mdev)));
  },
);

const mlx5e_get_pauseparam = fn.int('mlx5e_get_pauseparam', EN_ETHTOOL_C, (f, netdev: Netdev) => {
  f.return(f.call(mlx5_query_port_pause, f.load(netdev.mdev)));
});

const __ethtool_get_link_ksettings = fn.int(
  '__ethtool_get_link_ksettings',
  ETHTOOL_C,
  (f, netdev: Netdev) => {
    if (f.is('present-in-get-link-ksettings'))
      f.unless(netif_device_present(f, netdev), () => {
        f.return('-ENODEV');
      });
    f.return(f.call(mlx5e_get_link_ksettings, netdev));
  },
);

/** A sysfs attribute that asks the driver for its link settings, under rtnl. */
const link_show = (name: string, fix?: string): Fn<[netdev: Netdev], Int> =>
  fn.int(name, NET_SYSFS_C, (f, netdev: Netdev) => {
    if (f.is('present-without-rtnl'))
      f.unless(netif_device_present(f, netdev), () => {
        f.return('-EINVAL');
      });
    if (f.is('rtnl-lock-in-show')) rtnl_lock(f);
    else
      f.unless(rtnl_trylock(f), () => {
        f.return('-ERESTARTNOINTR');
      });
    const err = f.var('ret', 1, '-EINVAL');
    const query = (): void => {
      f.set(err, f.call(__ethtool_get_link_ksettings, netdev));
    };
    f.milestone('rtnl-taken');
    f.if(netif_running(f, netdev), () => {
      if (fix !== undefined && f.is(fix)) f.if(netif_device_present(f, netdev), query);
      else query();
    });
    rtnl_unlock(f);
    f.return(err);
  });

export const speed_show = link_show('speed_show', 'present-in-speed-show');
export const duplex_show = link_show('duplex_show');

const dev_attr_show = fn.int(
  'dev_attr_show',
  BASE_CORE_C,
  (f, show: typeof speed_show, netdev: Netdev) => {
    f.return(f.call(show, netdev));
  },
);

/** restart_syscall() sends the task back to user mode, which issues the call again. */
const sys_read = fn('sys_read', READ_WRITE_C, (f, port: Port, show: typeof speed_show) => {
  f.label('restart');
  f.return_to_user();
  const kn = f.idr_find(open_files, port);
  f.if(f.kernfs_get_active(kn.active), () => {
    const err = f.call(dev_attr_show, show, f.load(kn.netdev));
    f.if(f.eq(err, '-ERESTARTNOINTR'), () => {
      f.milestone('restarted');
      f.kernfs_put_active(kn.active);
      f.goto('restart');
    });
    f.kernfs_put_active(kn.active);
  });
});

export const read_file =
  (port: Port, show: typeof speed_show) =>
  (f: FunctionBuilder): void => {
    f.call(sys_read, port, show);
  };

/** A monitor, which reads again and again. */
export const read_file_again =
  (port: Port, show: typeof speed_show, reads: number) =>
  (f: FunctionBuilder): void => {
    const left = f.var('left', reads, reads);
    f.while(
      () => left,
      () => {
        f.call(sys_read, port, show);
        f.add(left, left, -1);
      },
    );
  };

/** ETHTOOL_MSG_PAUSE_GET: PRESENT is tested while the header is parsed, before rtnl. */
const ethnl_default_doit = fn('ethnl_default_doit', NETLINK_C, (f, port: Port) => {
  const kn = f.idr_find(open_files, port);
  const netdev = f.load(kn.netdev);
  f.if(netif_device_present(f, netdev), () => {
    rtnl_lock(f);
    f.call(mlx5e_get_pauseparam, netdev);
    rtnl_unlock(f);
  });
});

export const ethtool_pause =
  (port: Port) =>
  (f: FunctionBuilder): void => {
    f.call(ethnl_default_doit, port);
  };
