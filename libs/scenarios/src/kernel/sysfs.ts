/**
 * An attribute that removes its own file, or takes a lock that removal holds, has to give up its active reference first
 * (fs/sysfs/file.c): from then on the file may go, and with it all that the reference protected. What is broken is taken
 * back before the call returns, even if the file is gone by then. sysfs_remove_file_self does both around the removal, for one caller.
 */
import {
  primitive,
  type CompletionField,
  type FunctionBuilder,
  type Int,
  type IntField,
  type KernfsField,
  type Place,
} from '@lastref/authoring';
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

/** A file that its own writers remove (KERNFS_SUICIDAL and KERNFS_SUICIDED of struct kernfs_node). */
export interface SelfRemovedFile {
  readonly kn: Place<KernfsField>;
  /** A flag: somebody removes it. */
  readonly suicidal: Place<IntField>;
  /** It is removed. */
  readonly suicided: Place<CompletionField>;
}

/**
 * By who holds an active reference of the file: 1 for the first, who removes it; 0 for the others, when it is removed. The reference is
 * held again when it returns.
 */
export const sysfs_remove_file_self = (
  f: FunctionBuilder,
  { kn, suicidal, suicided }: SelfRemovedFile,
): Int => {
  const remove = primitive.int('sysfs_remove_file_self', SYSFS_FILE_C, (g) => {
    g.kernfs_put_active(kn);
    g.if(g.test_and_set_bit(suicidal), () => {
      g.wait_for_completion(suicided);
      g.kernfs_unbreak_active_protection(kn);
      g.return(0);
    });
    g.kernfs_remove(kn);
    g.complete_all(suicided);
    g.kernfs_unbreak_active_protection(kn);
    g.return(1);
  });
  return f.call(remove);
};
