/** Which slots the fields of a program take, by the kinds that primitives bring. */
import type { FieldSlot, Sizes } from '../operation/field-kind.js';
import type { FieldDecl, Program, TypeDecl } from '../program/program.js';
import { fieldKindOf, specOf } from './catalogue.js';

/** Workers that each object of the type brings. */
export const workersOf = ({ kind, workers = 1 }: TypeDecl): number =>
  kind === 'workqueue' ? workers : 0;

/** Timers that each object of the type brings. */
export const timersOf = ({ fields }: TypeDecl): number => fields.filter(isTimer).length;

export function sizesOf({ types, statics, tasks, code }: Program): Sizes {
  const sum = (n: (type: (typeof types)[number]) => number): number =>
    types.reduce((total, type) => total + n(type), 0);
  const lists = (fields: readonly FieldDecl[]): number => fields.filter(isLinked).length;
  return {
    objects: sum((type) => type.count),
    tasks: tasks.length + sum((type) => type.count * (workersOf(type) + timersOf(type))),
    lists: lists(statics) + sum((type) => type.count * lists(type.fields)),
    disables: code.some(({ op }) => specOf(op).disables === true),
    exclusive: code.some(({ op }) => specOf(op).ordersWaiters === true),
  };
}

export const fieldSlots = (field: FieldDecl, sizes: Sizes): readonly FieldSlot[] =>
  fieldKindOf(field.kind).slots(field, sizes);

/** Whether it is a lock, with a class of its own. */
export const isLock = ({ kind }: FieldDecl): boolean => fieldKindOf(kind).lock !== 'none';

export const isLinked = ({ kind }: FieldDecl): boolean => fieldKindOf(kind).linked;

/** Whether it is a pointer to an object. */
export const isPointer = ({ kind }: FieldDecl): boolean => fieldKindOf(kind).names === 'type';

/** A field with a time of its own, if something uses it. */
export const isTimer = ({ kind, work }: FieldDecl): boolean =>
  work !== undefined && fieldKindOf(kind).fires !== 'nothing';

export const isWorkItem = ({ kind }: Pick<FieldDecl, 'kind'>): boolean =>
  fieldKindOf(kind).names === 'work';
