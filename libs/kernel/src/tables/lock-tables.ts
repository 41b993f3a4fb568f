/**
 * Lock classes as lockdep has them, and which slots of the state say who holds a lock: read off what the kinds of fields say
 * of their slots. A writer that waits holds nothing yet.
 */
import { at } from '../assert.js';
import { fieldKindOf, specOf } from '../derived/catalogue.js';
import { bodyOfOps, pointeeOf } from '../derived/facts.js';
import { fieldSlots, isLock, sizesOf } from '../derived/fields.js';
import { LIMITS } from '../limits.js';
import { laidOut } from '../operation/operand.js';
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
  const names = classNames(program);
  const left = idleLocks(program);
  const declare = (type: number, index: number): number =>
    lockClasses.push({ name: names.get(keyOf(type, index)) ?? '', type, field: index }) - 1;
  program.statics.forEach((field, i) => {
    if (isLock(field) && !left.has(keyOf(-1, i)))
      addLock(field, at(layout.statics, i), declare(-1, i));
  });
  program.types.forEach((type, t) => {
    type.fields.forEach((field, f) => {
      if (!isLock(field) || left.has(keyOf(t, f))) return;
      const cls = declare(t, f);
      for (const object of layout.objects)
        if (object?.type === t)
          addLock(field, object.fields + at(at(layout.fieldOffsets, t), f), cls);
    });
  });
  const naming = (tasks: LockSlot['tasks']): readonly LockSlot[] =>
    lockSlots.filter((slot) => slot.tasks === tasks);
  /** One class of all queues and items that nobody waits for, where there are too many. */
  let unawaited = -1;
  const declareItem = (key: string, name: string): number => {
    if (!left.has(key)) return lockClasses.push({ name }) - 1;
    if (unawaited < 0) unawaited = lockClasses.push({ name: '(unawaited)' }) - 1;
    return unawaited;
  };
  const classOfQueueType = Int32Array.from(program.types, (type, t) =>
    type.kind === 'workqueue' ? declareItem(queueKey(t), `(wq)${type.name}`) : -1,
  );
  const classOfWork = Int32Array.from(program.works, ({ name }, work) => {
    const kind = kindOfItem(program, work);
    const spins = runsAtomic(kind);
    const cls = declareItem(kind !== 'work' ? '' : workKey(work), `(${kind})${name}`);
    if (spins) spinClasses |= 1 << cls;
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

/** Whether its function runs where nothing may sleep. */
const runsAtomic = (kind: string): boolean =>
  ['its function', 'its handler'].includes(fieldKindOf(kind).fires);

/** What the function is bound to: work, or a timer or handler. */
const kindOfItem = ({ types }: Program, work: number): string => {
  const kinds = types.flatMap(({ fields }) => fields.filter((field) => field.work === work));
  const [{ kind } = { kind: 'work' }] = kinds;
  return ['nothing', 'its work'].includes(fieldKindOf(kind).fires) ? 'work' : kind;
};

const keyOf = (type: number, field: number): string => `${type}.${field}`;

/** Every lock: the static variables as fields of type -1, then those in objects. */
function locksOf({ statics, types }: Program): { type: number; index: number; field: FieldDecl }[] {
  const of = (type: number, fields: readonly FieldDecl[]) =>
    fields.flatMap((field, index) => (isLock(field) ? [{ type, index, field }] : []));
  return [...of(-1, statics), ...types.flatMap(({ fields }, t) => of(t, fields))];
}

/** How many classes there would be if every lock had one. */
const classesOf = (program: Program): number =>
  locksOf(program).length +
  program.types.filter(({ kind }) => kind === 'workqueue').length +
  program.works.length;

/**
 * Where there are too many classes: locks that no operation names, so that they are never held, and queues and items that
 * nobody waits for, which no cycle goes through.
 */
function idleLocks(program: Program): ReadonlySet<string> {
  if (classesOf(program) <= LIMITS.lockClasses) return new Set();
  const named = new Set(namedLocks(program));
  const all = [
    ...locksOf(program).map(({ type, index }) => keyOf(type, index)),
    ...program.types.map((_, type) => queueKey(type)),
    ...program.works.map((_, work) => workKey(work)),
  ];
  return new Set(all.filter((key) => !named.has(key)));
}

const queueKey = (type: number): string => `wq ${type}`;
const workKey = (work: number): string => `work ${work}`;

/** What the operations of a program name: fields as places; queues and items as locks, not where they are only queued. */
function namedLocks(program: Program): string[] {
  const bodies = bodyOfOps(program);
  return program.code.flatMap(({ op, args }, pc) => {
    const { lock, operands } = specOf(op);
    return laidOut(operands).flatMap(({ operand, offset }) => {
      const base = args[offset] ?? -1;
      const pointee = (): number => pointeeOf(program, bodies, pc, base);
      if (operand.is === 'pointer') return lock === 'none' ? [] : [queueKey(pointee())];
      if (operand.is !== 'place') return [];
      const [type, field] = [base < 0 ? -1 : pointee(), at(args, offset + 1)];
      const work = lock === 'none' ? undefined : program.types[type]?.fields[field]?.work;
      return [keyOf(type, field), ...(work === undefined ? [] : [workKey(work)])];
    });
  });
}

/** type.field, the name of a static lock, or for active references kn->active, kn->active#2 ... as lockdep has it. */
function classNames(program: Program): ReadonlyMap<string, string> {
  let active = 0;
  const nameOf = (type: number, field: FieldDecl): string => {
    if (fieldKindOf(field.kind).lock !== 'active reference')
      return type < 0 ? field.name : `${at(program.types, type).name}.${field.name}`;
    active++;
    return active === 1 ? KN_ACTIVE : `${KN_ACTIVE}#${active}`;
  };
  return new Map(
    locksOf(program).map(({ type, index, field }) => [keyOf(type, index), nameOf(type, field)]),
  );
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
