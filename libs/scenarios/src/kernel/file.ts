/**
 * struct file (fs/file_table.c, fs/file.c): an open file is released by whoever drops the last reference, which need not be
 * close(2): a call that runs holds one too. fget looks a descriptor up and takes a reference in one step, as the
 * kernel's loop over files_lookup_fd_rcu does; a closed descriptor, or a file on its way out, gives NULL.
 */
import {
  primitive,
  type AnyStruct,
  type FunctionBuilder,
  type Idr,
  type IntValue,
  type Place,
  type Ref,
  type RefcountField,
} from '@lastref/authoring';
import { FILE_C, FILE_TABLE_C } from './files.js';
import type { Release } from './kobject.js';

/** What has struct file's counter. */
export interface OpenFile {
  readonly f_count: Place<RefcountField>;
}

/** The struct of files a task may have open, by descriptor. */
export type FdTable<S extends AnyStruct> = Idr<S>;

/** Enters an open file under a descriptor, which has to be free; the table holds the file's first reference. */
export const fd_install = <S extends AnyStruct>(
  f: FunctionBuilder,
  files: FdTable<S>,
  fd: IntValue,
  file: Ref<S>,
): void => {
  const install = primitive('fd_install', FILE_C, (g) => {
    g.unless(g.idr_alloc(files, fd, file), () => {
      g.invariant('the descriptor is free', 0);
    });
  });
  f.call(install);
};

export const fget = <S extends AnyStruct>(
  f: FunctionBuilder,
  files: FdTable<S>,
  fd: IntValue,
): Ref<S> => {
  const get = primitive.ptr<[], S>(files.struct, 'fget', FILE_C, (g) => {
    g.return(g.idr_find_get(files, fd, 'f_count'));
  });
  return f.call(get);
};

/** @param release f_op->release and what goes with it, the file's memory included */
export const fput = <S extends AnyStruct>(
  f: FunctionBuilder,
  file: Ref<S> & OpenFile,
  release: Release<S>,
): void => {
  const put = primitive('fput', FILE_TABLE_C, (g) => {
    g.if(g.refcount_dec_and_test(file.f_count), () => {
      g.call(release, file);
    });
  });
  f.call(put);
};
