/**
 * Lock classes as lockdep has them, and which slots of the state say who holds a lock: read off what the kinds of fields say
 * of their slots. A writer that waits holds nothing yet.
 */
import { at } from '../assert.js';
import { fieldKindOf } from '../derived/catalogue.js';
import { fieldSlots, isLock, sizesOf } from '../derived/fields.js';
import type { FieldDecl, Program } from '../program/program.js';
import type { Layout } from '../state/layout-types.js';
import type { LockClass, LockSlot, LockTables } from './tables.js';

export function lockTablesOf(program: Program, layout: Layout): LockTables {
  const lockClasses: LockClass[] = [];
  const sizes = sizesOf(program);
  let spinClasses = 0;
  const lockSlots: LockSlot[] = [];
  const classOfSlot = new Int32Array(layout.slots.length).fill(-1);
  const addLock = (field: FieldDecl, first: number, cls: number): void => {
    if (fieldKindOf(field.kind).lock === 'spins') spinClasses |= 1 << cls;
    fieldSlots(field, sizes).forEach(({ suffix, held, tasks }, i) => {
      if (held === undefined || held === 'awaited' || tasks === undefined) return;
      const { name } = at(layout.slots, first + i);
      const lock = name.slice(0, name.length - suffix.length);
      lockSlots.push({ slot: first + i, lock, cls, way: held, tasks });
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
  const naming = (tasks: LockSlot['tasks']): readonly LockSlot[] =>
    lockSlots.filter((slot) => slot.tasks === tasks);
  const classOfQueueType = Int32Array.from(program.types, (type) =>
    type.kind === 'workqueue' ? lockClasses.push({ name: `(wq)${type.name}` }) - 1 : -1,
  );
  const classOfWork = Int32Array.from(program.works, ({ name }, work) => {
    const kind = kindOfItem(program, work);
    const cls = lockClasses.push({ name: `(${kind})${name}` }) - 1;
    if (fieldKindOf(kind).fires === 'its function') spinClasses |= 1 << cls;
    return cls;
  });
  return {
    classOfQueueType,
    classOfWork,
    lockClasses,
    spinClasses,
    lockSlots,
    ownerSlots: Int32Array.from(naming('owner'), ({ slot }) => slot),
    ownerClass: Int32Array.from(naming('owner'), ({ cls }) => cls),
    holderSlots: Int32Array.from(naming('mask'), ({ slot }) => slot),
    holderClass: Int32Array.from(naming('mask'), ({ cls }) => cls),
    classOfSlot,
  };
}

/** What the function is bound to: work, or a timer, whose function runs where nothing may sleep. */
const kindOfItem = ({ types }: Program, work: number): string => {
  const kinds = types.flatMap(({ fields }) => fields.filter((field) => field.work === work));
  const [{ kind } = { kind: 'work' }] = kinds;
  return fieldKindOf(kind).fires === 'its function' ? kind : 'work';
};

/** type.field, the name of a static lock, or for active references kn->active, kn->active#2 ... as lockdep has it. */
function className(
  program: Program,
  field: FieldDecl,
  type: number,
  known: readonly LockClass[],
): string {
  if (fieldKindOf(field.kind).lock !== 'active reference')
    return type < 0 ? field.name : `${at(program.types, type).name}.${field.name}`;
  const before = known.filter(({ name }) => name.startsWith(KN_ACTIVE)).length;
  return before === 0 ? KN_ACTIVE : `${KN_ACTIVE}#${before + 1}`;
}

const KN_ACTIVE = 'kn->active';

/** Class of the lock, active reference, work item or queue that an operation is about; -1 where it is about none. */
export function lockClassOf(
  { types }: Program,
  { lockClasses, classOfQueueType, classOfWork }: LockTables,
  operand: { readonly is: string },
  args: readonly number[],
  pointee: (local: number) => number,
): number {
  const [base, field] = [at(args, 0), args[1] ?? -1];
  if (operand.is === 'pointer') return classOfQueueType[pointee(base)] ?? -1;
  const type = base < 0 ? -1 : pointee(base);
  const work = types[type]?.fields[field]?.work;
  if (work !== undefined) return classOfWork[work] ?? -1;
  return lockClasses.findIndex((cls) => cls.type === type && cls.field === field);
}
