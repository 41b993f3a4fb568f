/** Allocation and freeing. An allocation that fails is a fault named by the function that calls it. */
import type { Handler } from '../lower/calling.js';
import { OPAQUE, VOID } from '../lower/values.js';
import { textOf } from '../scan/walk.js';
import { Fault } from '../text/diagnostics.js';

const allocate: Handler = (c, { args, at, callee }, want) => {
  const size = args.find((arg) => arg.k === 'sizeof');
  let struct = want;
  if (size !== undefined) {
    const { of } = size;
    const tag = 'k' in of ? c.structOf(of) : of.kind === 'struct' ? of.tag : null;
    if (tag !== null && c.model.scan.unit.structs.has(tag)) struct = c.model.struct(tag);
  } else if (!/_obj$/.test(textOf(callee))) struct = null;
  if (struct === null) {
    c.model.notes.add('not modelled', `${textOf(callee)} of a buffer`, at);
    return OPAQUE;
  }
  c.here(at);
  return { t: 'pointer', ref: c.f.kzalloc(struct, c.name), path: '', tag: struct.tag };
};

const free: Handler = (c, { args, at }) => {
  const [arg] = args;
  if (arg === undefined) throw new Fault(at, 'kfree() needs a pointer');
  const value = c.value(arg);
  if (value.t === 'null') return VOID;
  if (value.t === 'opaque') {
    c.model.notes.add('not modelled', `kfree(${textOf(arg)}) of a buffer`, at);
    return VOID;
  }
  if (value.t !== 'pointer' || value.path !== '')
    throw new Fault(at, `'${textOf(arg)}' is no whole object: it cannot be freed`);
  c.here(at);
  c.f.kfree(value.ref);
  return VOID;
};

const queue: Handler = (c, { args, at, callee }, want) => {
  if (want === null || args.length === 0)
    throw new Fault(at, `${textOf(callee)}() must be assigned to a field or a static at once`);
  c.here(at);
  return { t: 'pointer', ref: c.f.alloc_workqueue(want, c.name), path: '', tag: want.tag };
};

export const MEMORY: Readonly<Record<string, Handler>> = {
  kzalloc: allocate,
  kmalloc: allocate,
  kcalloc: allocate,
  kvzalloc: allocate,
  kzalloc_node: allocate,
  kzalloc_obj: allocate,
  kmalloc_obj: allocate,
  kfree: free,
  kvfree: free,
  kfree_sensitive: free,
  alloc_workqueue: queue,
  alloc_ordered_workqueue: queue,
  create_singlethread_workqueue: queue,
};
