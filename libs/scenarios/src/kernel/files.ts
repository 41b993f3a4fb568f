/** Where the kernel functions of this library stand. */
export const KOBJECT_C = 'lib/kobject.c';
export const BASE_CORE_C = 'drivers/base/core.c';
export const BASE_BUS_C = 'drivers/base/bus.c';
export const BASE_DD_C = 'drivers/base/dd.c';
export const DEVRES_C = 'drivers/base/devres.c';
export const NOTIFIER_C = 'kernel/notifier.c';
export const CHAR_DEV_C = 'fs/char_dev.c';
export const FILE_C = 'fs/file.c';
export const FILE_TABLE_C = 'fs/file_table.c';
export const RCU_TREE_C = 'kernel/rcu/tree.c';
export const SRCUTREE_C = 'kernel/rcu/srcutree.c';
export const SYSFS_FILE_C = 'fs/sysfs/file.c';
export const RTNETLINK_C = 'net/core/rtnetlink.c';
export const NETDEVICE_H = 'include/linux/netdevice.h';
export const DEV_C = 'net/core/dev.c';
