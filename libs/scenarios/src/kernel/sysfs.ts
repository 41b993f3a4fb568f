/**
 * An attribute that removes its own file, or takes a lock that removal holds, has to give up its active reference first
 * (fs/sysfs/file.c): from then on the file may go, and with it all that the reference protected. What is broken is taken
 * back before the call returns, even if the file is gone by then.
 */
import { primitive, type FunctionBuilder, type KernfsField, type Place } from '@lastref/authoring';
import { SYSFS_FILE_C } from './files.js';

const breaks = primitive(
  'sysfs_break_active_protection',
  SYSFS_FILE_C,
  (f, kn: Place<KernfsField>) => {
    f.kernfs_put_active(kn);
  },
);
const unbreaks = primitive(
  'sysfs_unbreak_active_protection',
  SYSFS_FILE_C,
  (f, kn: Place<KernfsField>) => {
    f.kernfs_unbreak_active_protection(kn);
  },
);

export const sysfs_break_active_protection = (f: FunctionBuilder, kn: Place<KernfsField>): void => {
  f.call(breaks, kn);
};
export const sysfs_unbreak_active_protection = (
  f: FunctionBuilder,
  kn: Place<KernfsField>,
): void => {
  f.call(unbreaks, kn);
};
