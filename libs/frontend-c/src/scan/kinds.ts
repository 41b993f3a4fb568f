/**
 * What a C type is to the model: an integer, a lock or another thing the kernel brings, a struct of the unit, a pointer to
 * one of these, or nothing that is modelled.
 */
import type { FieldKindName } from '@lastref/kernel';
import type { CType, Unit } from '../syntax/ast.js';

export type Kind = Exclude<FieldKindName, 'ptr' | 'int'>;

export type Meaning =
  | { readonly is: 'void' }
  | { readonly is: 'int' }
  | { readonly is: 'kind'; readonly kind: Kind }
  | { readonly is: 'struct'; readonly tag: string }
  | { readonly is: 'queue' }
  | { readonly is: 'pointer'; readonly to: Meaning }
  | { readonly is: 'opaque' };

const STRUCTS: Readonly<Record<string, Kind>> = {
  mutex: 'mutex',
  rw_semaphore: 'rwsem',
  spinlock: 'spinlock',
  raw_spinlock: 'spinlock',
  kref: 'refcount',
  refcount_struct: 'refcount',
  completion: 'completion',
  work_struct: 'work',
  delayed_work: 'delayed_work',
  timer_list: 'timer',
  hrtimer: 'hrtimer',
  tasklet_struct: 'tasklet',
  list_head: 'list',
  hlist_head: 'hlist_head',
  hlist_node: 'hlist_node',
  srcu_struct: 'srcu',
  wait_queue_head: 'waitqueue',
  kernfs_node: 'kernfs',
};

const NAMED: Readonly<Record<string, Kind>> = {
  spinlock_t: 'spinlock',
  raw_spinlock_t: 'spinlock',
  rwlock_t: 'rwlock',
  refcount_t: 'refcount',
  atomic_t: 'atomic',
  atomic_long_t: 'atomic',
  wait_queue_head_t: 'waitqueue',
};

const OPAQUE: Meaning = { is: 'opaque' };

export function meaningOf(type: CType, unit: Unit): Meaning {
  switch (type.kind) {
    case 'void':
      return { is: 'void' };
    case 'int':
      return { is: 'int' };
    case 'named': {
      const kind = NAMED[type.name];
      if (kind !== undefined) return { is: 'kind', kind };
      const definition = unit.typedefs.get(type.name);
      if (definition !== undefined && definition !== type) return meaningOf(definition, unit);
      return type.name.endsWith('_t') ? { is: 'int' } : OPAQUE;
    }
    case 'struct': {
      const kind = STRUCTS[type.tag];
      if (kind !== undefined) return { is: 'kind', kind };
      if (type.tag === 'workqueue_struct') return { is: 'queue' };
      return unit.structs.has(type.tag) ? { is: 'struct', tag: type.tag } : OPAQUE;
    }
    case 'pointer':
      return { is: 'pointer', to: meaningOf(type.to, unit) };
    case 'array':
    case 'function':
    case 'typeof':
      return OPAQUE;
  }
}

/** The struct that it points to. */
export const targetOf = (meaning: Meaning): string | null =>
  meaning.is === 'pointer' && meaning.to.is === 'struct' ? meaning.to.tag : null;
