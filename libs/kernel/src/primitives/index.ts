/** All families of operations, and all kinds of fields. Generated from the files of this folder: npm run generate. */
import * as atomic from './atomic.js';
import * as completion from './completion.js';
import * as control from './control.js';
import * as delayedWork from './delayed-work.js';
import * as devres from './devres.js';
import * as external from './external.js';
import * as hrtimer from './hrtimer.js';
import * as idr from './idr.js';
import * as kernfs from './kernfs.js';
import * as list from './list.js';
import * as memory from './memory.js';
import * as module from './module.js';
import * as mutex from './mutex.js';
import * as refcount from './refcount.js';
import * as rwlock from './rwlock.js';
import * as rwsem from './rwsem.js';
import * as spinlock from './spinlock.js';
import * as sysfs from './sysfs.js';
import * as timer from './timer.js';
import * as warn from './warn.js';
import * as work from './work.js';
import * as workqueue from './workqueue.js';

export const FAMILIES = {
  atomic,
  completion,
  control,
  'delayed-work': delayedWork,
  devres,
  external,
  hrtimer,
  idr,
  kernfs,
  list,
  memory,
  module,
  mutex,
  refcount,
  rwlock,
  rwsem,
  spinlock,
  sysfs,
  timer,
  warn,
  work,
  workqueue,
} as const;

export const OPERATIONS = {
  ...atomic.operations,
  ...completion.operations,
  ...control.operations,
  ...delayedWork.operations,
  ...devres.operations,
  ...external.operations,
  ...hrtimer.operations,
  ...idr.operations,
  ...kernfs.operations,
  ...list.operations,
  ...memory.operations,
  ...module.operations,
  ...mutex.operations,
  ...refcount.operations,
  ...rwlock.operations,
  ...rwsem.operations,
  ...spinlock.operations,
  ...sysfs.operations,
  ...timer.operations,
  ...warn.operations,
  ...work.operations,
  ...workqueue.operations,
};

export const KINDS_OF_FIELDS = {
  ...atomic.kinds,
  ...completion.kinds,
  ...delayedWork.kinds,
  ...devres.kinds,
  ...hrtimer.kinds,
  ...kernfs.kinds,
  ...list.kinds,
  ...memory.kinds,
  ...mutex.kinds,
  ...refcount.kinds,
  ...rwlock.kinds,
  ...rwsem.kinds,
  ...spinlock.kinds,
  ...timer.kinds,
  ...workqueue.kinds,
};
