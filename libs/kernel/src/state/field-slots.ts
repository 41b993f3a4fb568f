/**
 * How many slots of the state each kind of field takes, and what is in them. The first slot is the one that a place
 * resolves to; a primitive with more than one finds the others behind it.
 */
import type { FieldDecl, Program } from '../program/program.js';

export interface FieldSlot {
  /** Appended to the field's name. */
  readonly suffix: string;
  readonly max: number;
  readonly pointer?: true;
  readonly init?: number;
  /** The slot says who holds the lock: owner is a task number plus one, holders a bit mask of tasks. */
  readonly lock?: 'owner' | 'holders';
  /** A bit mask of tasks that hold nothing. */
  readonly waiters?: true;
}

/** Sizes of a program that decide how large its slots are. */
export interface Sizes {
  /** Largest object number. */
  readonly objects: number;
  /** Tasks and workers. */
  readonly tasks: number;
  /** Largest number of a list head. */
  readonly lists: number;
}

export function sizesOf({ types, statics, tasks }: Program): Sizes {
  const sum = (n: (type: (typeof types)[number]) => number): number =>
    types.reduce((total, type) => total + n(type), 0);
  const lists = (fields: readonly FieldDecl[]): number =>
    fields.filter((field) => field.kind === 'list').length;
  return {
    objects: sum((type) => type.count),
    tasks: tasks.length + sum((type) => (type.kind === 'workqueue' ? type.count : 0)),
    lists: lists(statics) + sum((type) => type.count * lists(type.fields)),
  };
}

/** What a list pointer holds besides NULL and the numbers of list heads: list_del leaves these behind. */
export const LIST_POISON1 = (lists: number): number => lists + 1;
export const LIST_POISON2 = (lists: number): number => lists + 2;

export function fieldSlots(field: FieldDecl, sizes: Sizes): readonly FieldSlot[] {
  const { objects, tasks, lists } = sizes;
  const everyTask = 2 ** tasks - 1;
  switch (field.kind) {
    case 'int':
    case 'refcount':
    case 'completion':
      return [{ suffix: '', max: field.max ?? 1, init: field.init ?? 0 }];
    case 'ptr':
      return [{ suffix: '', max: objects, pointer: true }];
    case 'mutex':
    case 'spinlock':
      return [{ suffix: '', max: tasks, lock: 'owner' }];
    case 'rwsem':
      return [
        { suffix: '.writer', max: tasks, lock: 'owner' },
        { suffix: '.readers', max: everyTask, lock: 'holders' },
        { suffix: '.waiting', max: everyTask, waiters: true },
      ];
    case 'kernfs':
      return [
        { suffix: '.active', max: everyTask, lock: 'holders' },
        { suffix: '.live', max: 1 },
      ];
    case 'list':
      return [
        { suffix: '.next', max: LIST_POISON2(lists) },
        { suffix: '.prev', max: LIST_POISON2(lists) },
      ];
    case 'work':
      return [];
  }
}

/** Kinds of fields that are locks, with a class each. */
export const isLock = (field: FieldDecl): boolean =>
  field.kind === 'mutex' ||
  field.kind === 'rwsem' ||
  field.kind === 'spinlock' ||
  field.kind === 'kernfs';
