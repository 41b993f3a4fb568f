/**
 * How many slots of the state each kind of field takes, and what is in them. The first slot is the one that a place
 * resolves to; a primitive with more than one finds the others behind it.
 */
import type { FieldDecl } from '../program/program.js';

export interface FieldSlot {
  /** Appended to the field's name. */
  readonly suffix: string;
  readonly max: number;
  readonly pointer?: true;
  readonly init?: number;
  /** The slot says who holds the lock: owner is a task number plus one, holders a bit mask of tasks. */
  readonly lock?: 'owner' | 'holders';
}

/** @param objects largest object number, @param tasks number of tasks and workers */
export function fieldSlots(field: FieldDecl, objects: number, tasks: number): readonly FieldSlot[] {
  const everyTask = 2 ** tasks - 1;
  switch (field.kind) {
    case 'int':
    case 'refcount':
    case 'completion':
      return [{ suffix: '', max: field.max ?? 1, init: field.init ?? 0 }];
    case 'ptr':
      return [{ suffix: '', max: objects, pointer: true }];
    case 'mutex':
      return [{ suffix: '', max: tasks, lock: 'owner' }];
    case 'rwsem':
      return [
        { suffix: '.writer', max: tasks, lock: 'owner' },
        { suffix: '.readers', max: everyTask, lock: 'holders' },
        { suffix: '.waiting', max: everyTask },
      ];
    case 'work':
      return [];
  }
}

/** Kinds of fields that are locks, with a class each. */
export const isLock = (field: FieldDecl): boolean =>
  field.kind === 'mutex' || field.kind === 'rwsem';
