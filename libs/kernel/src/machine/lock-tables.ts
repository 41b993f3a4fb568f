/**
 * Lock classes as lockdep has them: one per static lock, per lock field of a type, and pseudo-classes for each type of
 * workqueue and each work function. Also which slots of the state say who holds a lock.
 */
import { at } from '../assert.js';
import type { FieldDecl, Program } from '../program/program.js';
import { fieldSlots, isLock, sizesOf } from '../state/field-slots.js';
import type { Layout } from '../state/layout.js';

export interface LockClass {
  readonly name: string;
  /** Field it is, as type and index; type -1 for statics. Absent for pseudo-classes of workqueues. */
  readonly type?: number;
  readonly field?: number;
}

export interface LockTables {
  readonly lockClasses: readonly LockClass[];
  /** Bits of the classes that are spinlocks. */
  readonly spinClasses: number;
  /** Slots that hold an owner's task number plus one, and their classes. */
  readonly ownerSlots: Int32Array;
  readonly ownerClass: Int32Array;
  /** Slots that hold a mask of tasks, and their classes. */
  readonly holderSlots: Int32Array;
  readonly holderClass: Int32Array;
  /** Class of the lock a slot belongs to, -1 for every other slot. */
  readonly classOfSlot: Int32Array;
  readonly classOfQueueType: Int32Array;
  readonly classOfWork: Int32Array;
}

export function lockTablesOf(program: Program, layout: Layout): LockTables {
  const lockClasses: LockClass[] = [];
  const sizes = sizesOf(program);
  let spinClasses = 0;
  const owners: [slot: number, cls: number][] = [];
  const holders: [slot: number, cls: number][] = [];
  const classOfSlot = new Int32Array(layout.slots.length).fill(-1);
  const addLock = (field: FieldDecl, first: number, cls: number): void => {
    if (field.kind === 'spinlock') spinClasses |= 1 << cls;
    fieldSlots(field, sizes).forEach((slot, i) => {
      if (slot.lock === undefined) return;
      (slot.lock === 'owner' ? owners : holders).push([first + i, cls]);
      classOfSlot[first + i] = cls;
    });
  };
  const declare = (field: FieldDecl, type: number, index: number): number =>
    lockClasses.push({ name: className(program, field, type, lockClasses), type, field: index }) -
    1;
  program.statics.forEach((field, i) => {
    if (isLock(field)) addLock(field, at(layout.statics, i), declare(field, -1, i));
  });
  program.types.forEach((type, t) => {
    type.fields.forEach((field, f) => {
      if (!isLock(field)) return;
      const cls = declare(field, t, f);
      for (const object of layout.objects)
        if (object?.type === t)
          addLock(field, object.fields + at(at(layout.fieldOffsets, t), f), cls);
    });
  });
  return {
    classOfQueueType: Int32Array.from(program.types, (type) =>
      type.kind === 'workqueue' ? lockClasses.push({ name: `(wq)${type.name}` }) - 1 : -1,
    ),
    classOfWork: Int32Array.from(
      program.works,
      (work) => lockClasses.push({ name: `(work)${work.name}` }) - 1,
    ),
    lockClasses,
    spinClasses,
    ownerSlots: Int32Array.from(owners, ([slot]) => slot),
    ownerClass: Int32Array.from(owners, ([, cls]) => cls),
    holderSlots: Int32Array.from(holders, ([slot]) => slot),
    holderClass: Int32Array.from(holders, ([, cls]) => cls),
    classOfSlot,
  };
}

/** type.field, the name of a static lock, or for active references kn->active, kn->active#2 ... as lockdep has it. */
function className(
  program: Program,
  field: FieldDecl,
  type: number,
  known: readonly LockClass[],
): string {
  if (field.kind !== 'kernfs')
    return type < 0 ? field.name : `${at(program.types, type).name}.${field.name}`;
  const before = known.filter(({ name }) => name.startsWith(KN_ACTIVE)).length;
  return before === 0 ? KN_ACTIVE : `${KN_ACTIVE}#${before + 1}`;
}

const KN_ACTIVE = 'kn->active';
