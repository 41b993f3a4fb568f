/** Compound calls of the kernel that scenarios share, in the kernel's own names. */
export * from './cdev.js';
export * from './device-lock.js';
export * from './device.js';
export * from './devres.js';
export * from './driver.js';
export * from './file.js';
export * from './kobject.js';
export * from './links.js';
export * from './netdevice.js';
export * from './notifier.js';
export * from './rtnl.js';
export * from './shutdown.js';
export * from './srcu.js';
export * from './sysfs.js';
