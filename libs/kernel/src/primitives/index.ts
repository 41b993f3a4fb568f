/** All families of operations, and all kinds of fields. Generated from the files of this folder: npm run generate. */
import * as atomic from './atomic.js';
import * as completion from './completion.js';
import * as control from './control.js';
import * as delayedWork from './delayed-work.js';
import * as devres from './devres.js';
import * as external from './external.js';
import * as hlist from './hlist.js';
import * as hrtimer from './hrtimer.js';
import * as ida from './ida.js';
import * as idr from './idr.js';
import * as interrupt from './interrupt.js';
import * as irq from './irq.js';
import * as kernfs from './kernfs.js';
import * as kthread from './kthread.js';
import * as list from './list.js';
import * as memory from './memory.js';
import * as module from './module.js';
import * as mutex from './mutex.js';
import * as pthread from './pthread.js';
import * as pthreadCond from './pthread-cond.js';
import * as rcu from './rcu.js';
import * as refcount from './refcount.js';
import * as rwlock from './rwlock.js';
import * as rwsem from './rwsem.js';
import * as signal from './signal.js';
import * as sleep from './sleep.js';
import * as spinlock from './spinlock.js';
import * as srcu from './srcu.js';
import * as sysfs from './sysfs.js';
import * as tasklet from './tasklet.js';
import * as timer from './timer.js';
import * as waitqueue from './waitqueue.js';
import * as warn from './warn.js';
import * as work from './work.js';
import * as workqueue from './workqueue.js';
import * as xarray from './xarray.js';

export const FAMILIES = {
  atomic,
  completion,
  control,
  'delayed-work': delayedWork,
  devres,
  external,
  hlist,
  hrtimer,
  ida,
  idr,
  interrupt,
  irq,
  kernfs,
  kthread,
  list,
  memory,
  module,
  mutex,
  pthread,
  'pthread-cond': pthreadCond,
  rcu,
  refcount,
  rwlock,
  rwsem,
  signal,
  sleep,
  spinlock,
  srcu,
  sysfs,
  tasklet,
  timer,
  waitqueue,
  warn,
  work,
  workqueue,
  xarray,
} as const;

export const OPERATIONS = {
  ...atomic.operations,
  ...completion.operations,
  ...control.operations,
  ...delayedWork.operations,
  ...devres.operations,
  ...external.operations,
  ...hlist.operations,
  ...hrtimer.operations,
  ...ida.operations,
  ...idr.operations,
  ...interrupt.operations,
  ...irq.operations,
  ...kernfs.operations,
  ...kthread.operations,
  ...list.operations,
  ...memory.operations,
  ...module.operations,
  ...mutex.operations,
  ...pthread.operations,
  ...pthreadCond.operations,
  ...rcu.operations,
  ...refcount.operations,
  ...rwlock.operations,
  ...rwsem.operations,
  ...signal.operations,
  ...sleep.operations,
  ...spinlock.operations,
  ...srcu.operations,
  ...sysfs.operations,
  ...tasklet.operations,
  ...timer.operations,
  ...waitqueue.operations,
  ...warn.operations,
  ...work.operations,
  ...workqueue.operations,
  ...xarray.operations,
};

export const KINDS_OF_FIELDS = {
  ...atomic.kinds,
  ...completion.kinds,
  ...delayedWork.kinds,
  ...devres.kinds,
  ...hlist.kinds,
  ...hrtimer.kinds,
  ...irq.kinds,
  ...kernfs.kinds,
  ...kthread.kinds,
  ...list.kinds,
  ...memory.kinds,
  ...mutex.kinds,
  ...pthread.kinds,
  ...pthreadCond.kinds,
  ...rcu.kinds,
  ...refcount.kinds,
  ...rwlock.kinds,
  ...rwsem.kinds,
  ...spinlock.kinds,
  ...srcu.kinds,
  ...tasklet.kinds,
  ...timer.kinds,
  ...waitqueue.kinds,
  ...workqueue.kinds,
};
